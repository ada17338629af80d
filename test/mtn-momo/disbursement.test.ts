import { operation } from "../support/operation.js";
import { activeCases, balanceCases } from "./account-cases.js";
import { moneyCases } from "./money-cases.js";
import { transfer } from "./products.js";
import { transactionCases } from "./transaction-cases.js";

operation("momo.disbursement.transfer", moneyCases(transfer));
operation("momo.disbursement.getTransfer", transactionCases(transfer));
operation("momo.disbursement.getBalance", balanceCases("disbursement"));
operation("momo.disbursement.isAccountHolderActive", activeCases("disbursement"));
