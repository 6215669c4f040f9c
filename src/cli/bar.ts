/**
 * A bar on the terminal for work whose size is known: how far, how fast, how long still. Where stderr
 * is no terminal, with --quiet and with JSON logs nothing is drawn.
 */
import type { Context } from "./command.ts";

export interface Bar {
  /** @param done - of the total; may be called as often as there is progress */
  readonly update: (done: number) => void;
  /** Takes the bar away. Must be called before anything else is said. */
  readonly stop: () => void;
}

/** Redrawn this often: smooth for eyes, nothing for a CPU. */
const DRAWS_PER_SECOND = 10;

const NOTHING: Bar = { update: () => {}, stop: () => {} };

/** @param unit - what is counted, in the plural: `articles`, `bytes` */
export async function openBar(
  { terminal, isQuiet, logFormat }: Pick<Context, "terminal" | "isQuiet" | "logFormat">,
  unit: string,
  total: number,
): Promise<Bar> {
  if (terminal === null || isQuiet || logFormat === "json" || total <= 0) return NOTHING;
  const { default: bars } = await import("cli-progress");
  const startedAt = performance.now();
  const bar = new bars.SingleBar(
    {
      stream: terminal,
      fps: DRAWS_PER_SECOND,
      hideCursor: true,
      clearOnComplete: true,
      // Its own estimate looks at the last steps only, which come in batches.
      format: `{bar} {percentage}% | {value}/{total} ${unit} | {rate}/s | {left} left`,
    },
    bars.Presets.shades_classic,
  );
  bar.start(total, 0, { rate: 0, left: "?" });
  return {
    update(done) {
      const seconds = (performance.now() - startedAt) / 1_000;
      const rate = done / Math.max(seconds, 0.001);
      const left = rate === 0 ? "?" : clock(Math.max(0, total - done) / rate);
      bar.update(Math.min(done, total), { rate: Math.round(rate), left });
    },
    stop: () => bar.stop(),
  };
}

/** `1:05` or `2:01:05`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, "0"))).join(":");
}
