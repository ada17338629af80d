/**
 * Routes to look around and to order. No payment yet.
 */
import { Router } from "express";
import { catalogue, isShopCurrency } from "./catalogue.js";
import type { Orders } from "./orders.js";
import { refuseField } from "./problems.js";

const mostItems = 20;

/** `GET /catalogue` and `POST /orders`, to be mounted under `/api`. */
export function orderRoutes(orders: Orders): Router {
  const router = Router();

  router.get("/catalogue", (_request, response) => {
    response.json(catalogue);
  });

  router.post("/orders", (request, response) => {
    const { items, currency } = Object(request.body) as Record<string, unknown>;
    const wanted = readItems(items);
    if (!isShopCurrency(currency)) refuseField("currency", "is none of the shop's", "Send UGX, KES or EUR.");
    const { order, token } = orders.place(wanted, currency);
    response.status(201).json({ order_id: order.id, total: order.total, token });
  });

  return router;
}

function readItems(ids: unknown) {
  const remedy = `Send 1 to ${mostItems} ids of the catalogue, such as ["coffee"].`;
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > mostItems) {
    refuseField("items", "is no list of items", remedy);
  }
  return ids.map(
    (id) =>
      catalogue.find((item) => item.id === id) ?? refuseField("items", "has one that is not sold", remedy),
  );
}
