import { fileURLToPath } from "node:url";

/** Whether this module is the script that was started, and not imported by a test. */
export function isMain(moduleUrl: string): boolean {
  return process.argv[1] === fileURLToPath(moduleUrl);
}
