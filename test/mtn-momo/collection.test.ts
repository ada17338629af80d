import { operation } from "../support/operation.js";
import { activeCases, balanceCases } from "./account-cases.js";
import { moneyCases } from "./money-cases.js";
import { requestToPay } from "./products.js";
import { transactionCases } from "./transaction-cases.js";

operation("momo.collection.requestToPay", moneyCases(requestToPay));
operation("momo.collection.getRequestToPay", transactionCases(requestToPay));
operation("momo.collection.getBalance", balanceCases("collection"));
operation("momo.collection.isAccountHolderActive", activeCases("collection"));
