/**
 * Which tariffs may be quoted from.
 */
import type { Tariff } from "./tariff.js";

/** Tariffs that were checked and cannot change any more. Kept apart so that a quote needs no checks of tariffs. */
export const definedTariffs: WeakSet<Tariff> = new WeakSet();
