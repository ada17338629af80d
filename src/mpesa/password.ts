/**
 * The password of an STK request.
 */
import { base64 } from "../core/encoding.js";

/**
 * Base64 of shortcode, passkey and timestamp. The same timestamp goes into the request, or Daraja answers
 * `500.001.1001 Wrong credentials` (Daraja docs, "M-Pesa Express", read 2026-11).
 */
export function stkPassword(shortcode: string, passkey: string, timestamp: string): string {
  return base64(`${shortcode}${passkey}${timestamp}`);
}
