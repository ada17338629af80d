import { type BuildOptions, build, type Metafile } from "esbuild";

/** A program made of one module and everything that it imports. */
export interface Bundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/** Bundles as an application for Workers or an edge runtime would. */
export async function bundle(options: BuildOptions): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    logOverride: { "ignored-bare-import": "silent" },
    ...options,
    write: false,
    metafile: true,
  });
  return { code: outputFiles[0]?.text ?? "", metafile };
}

/** The package that a bundled file belongs to; `undefined` for a file outside `node_modules`. */
export function packageOf(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}
