/** Arabic prose without meaning, for tests of copies: the same seed gives the same words. */

const ROOTS =
  "مدينة بلدية مجلس صحة تعليم مياه كهرباء طريق ساحل مشروع صيانة اجتماع لجنة تقرير سوق ميناء مطار مدرسة جامعة مكتبة معرض فريق مباراة لاعب مستشفى طبيب دواء مزرعة زيتون بحر صحراء واحة متحف كتاب شعر عامل راتب مصرف قانون محكمة شرطة حادث سيارة سفينة".split(
    " ",
  );
const PREFIXES = ["", "ال", "و", "وال", "بال", "لل"];
const SENTENCE_WORDS = 12;

export function givenText(seed: number, words: number): string {
  return givenWords(seed, words)
    .map((word, at) => ((at + 1) % SENTENCE_WORDS === 0 ? `${word}.` : word))
    .join(" ");
}

export function givenWords(seed: number, count: number): string[] {
  let state = seed * 7_919 + 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from(
    { length: count },
    () => `${PREFIXES[next(PREFIXES.length)]}${ROOTS[next(ROOTS.length)]}`,
  );
}
