/**
 * The newsroom's templates: `{{name}}` becomes escaped text, `{{nameJson}}` a JSON string, and
 * `<!--each:list-->…<!--/each-->` repeats for each item of a list. Nothing else: a page of the
 * newsroom should read as the page it imitates.
 */

export type Values = {
  readonly [name: string]: string | readonly Values[];
};

const EACH = /<!--each:(\w+)-->([\s\S]*?)<!--\/each-->/g;
const PLACE = /\{\{(\w+)\}\}/g;
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Fills a template. A name inside a list means the item's value, else the page's. */
export function render(template: string, values: Values): string {
  return fill(
    template.replace(EACH, (_whole, name: string, inner: string) => {
      const list = values[name];
      return Array.isArray(list)
        ? list.map((item: Values) => fill(inner, { ...values, ...item })).join("")
        : "";
    }),
    values,
  );
}

/** Escapes text for markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

function fill(template: string, values: Values): string {
  return template.replace(PLACE, (_whole, name: string) => {
    const plain = values[name];
    if (typeof plain === "string") return escapeMarkup(plain);
    const source = name.endsWith("Json") ? values[name.slice(0, -"Json".length)] : undefined;
    return typeof source === "string" ? JSON.stringify(source).replaceAll("</", "<\\/") : "";
  });
}
