import { type Currency, type Money, money } from "mobile-money";
