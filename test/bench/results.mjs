/**
 * RESULTS.md: a section for each part of the benchmark, as that part printed it last. A part that is
 * run alone replaces its own section and no other.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const HEAD = `# Benchmark figures

Written by \`npm run bench\`; ratios are of one interleaved run. Each section says when it was measured.
`;

/** @param rows - cells [what, figure, compared] */
export function sectionOf(name, rows, now = new Date()) {
  const [{ model }] = cpus();
  const machine = `Node ${process.version}, ${cpus().length} × ${model.trim()}`;
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `## ${name}\n\n${now.toISOString().slice(0, 10)}, ${machine}\n\n| what | figure | compared |\n|---|---|---|\n${lines}\n`;
}

/** Puts the section of `name` in its place among `order`. */
export function writeSection(path, name, section, order) {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const kept = new Map(
    [...text.matchAll(/^## (\w+)\n[\s\S]*?(?=^## |(?![\s\S]))/gmu)].map(([whole, of]) => [
      of,
      whole,
    ]),
  );
  kept.set(name, section);
  const sections = order.filter((of) => kept.has(of)).map((of) => kept.get(of).trimEnd());
  writeFileSync(path, `${HEAD}\n${sections.join("\n\n")}\n`);
}
