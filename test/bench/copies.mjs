/**
 * A generated country's news for the tests and benchmarks of near copies: original stories, daily
 * notices that repeat with other figures, footers of outlets, stock phrases, round-ups — and copies of
 * stories as outlets make them. Deterministic: the same seed, the same articles.
 */

const ROOTS =
  "مدينة بلدية مجلس وزارة صحة تعليم مياه كهرباء طريق ساحل جنوب شرق غرب طرابلس بنغازي مصراتة سبها درنة زوارة غدامس مشروع صيانة افتتاح اجتماع لجنة تقرير نشرة سعر سوق نفط ميناء مطار رحلة مدرسة جامعة مكتبة معرض مهرجان فريق مباراة بطولة لاعب مدرب مستشفى طبيب دواء مزرعة زيتون تمر مطر ريح حرارة بحر صحراء واحة أثر متحف كتاب شعر موسيقى طفل شاب امرأة عامل موظف راتب مصرف دينار ميزانية قانون محكمة شرطة حادث إنقاذ سيارة قطار سفينة صيد سمك أسبوع شهر عام يوم صباح مساء أمس غد قرار اتفاق زيارة وفد سفير رئيس نائب عضو مدير مسؤول خبير مواطن نازح لاجئ حدود أمن دفاع خارجية داخلية عدل مالية تخطيط إسكان زراعة ثروة استثمار شركة مؤسسة هيئة مركز فرع مكتب إدارة قسم حملة برنامج خطة دورة ندوة ورشة مؤتمر بيان تصريح خبر صحيفة قناة موقع صفحة حساب هاتف شبكة خدمة أزمة حل مبادرة حوار انتخاب دستور قبيلة عائلة شيخ حكماء مصالحة".split(
    " ",
  );
const PREFIXES = ["", "", "ال", "ال", "ال", "و", "وال", "بال", "لل", "ب", "ل", "ف"];
const SUFFIXES = ["", "", "", "", "ات", "ين", "ها", "هم", "ية"];
const VERBS =
  "قال أضاف أوضح ذكر أعلن أكد أشار بين كشف توقع دعا طالب ناقش بحث استقبل زار افتتح نظم شارك تابع".split(
    " ",
  );
const STOCK = [
  "رئيس حكومة الوحدة الوطنية عبد الحميد الدبيبة",
  "بعثة الأمم المتحدة للدعم في ليبيا",
  "رئيس المجلس الرئاسي محمد المنفي ونائباه",
  "بحسب المكتب الإعلامي للوزارة على صفحته الرسمية",
  "وذلك بحضور عدد من المسؤولين والخبراء والمهتمين بالشأن المحلي",
  "يذكر أن هذه الخطوة تأتي ضمن سلسلة من الإجراءات التي اتخذتها",
];
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2023, 0, 1);
export const OUTLETS = 20;
/** A story and all its copies; what is left are notices and round-ups. */
const COPIED_SHARE = 0.12;

/** mulberry32. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = (random, list) => list[Math.floor(random() * list.length)];
const whole = (random, from, to) => from + Math.floor(random() * (to - from + 1));
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Some words are much commoner than others. */
function wordOf(random) {
  const root = ROOTS[Math.floor(random() ** 2 * ROOTS.length)];
  return `${pick(random, PREFIXES)}${root}${pick(random, SUFFIXES)}`;
}

function sentenceOf(random) {
  const words = times(whole(random, 8, 22), () => wordOf(random));
  if (random() < 0.12) words.splice(whole(random, 0, words.length), 0, pick(random, STOCK));
  if (random() < 0.2)
    words.splice(whole(random, 0, words.length), 0, String(whole(random, 2, 900)));
  return `${pick(random, VERBS)} ${words.join(" ")}${pick(random, [".", ".", "،", "؛"])}`;
}
const paragraphOf = (random) => times(whole(random, 1, 4), () => sentenceOf(random)).join(" ");
const headlineOf = (random) => times(whole(random, 6, 11), () => wordOf(random)).join(" ");

/** A few outlets end every article with the same lines. */
const FOOTERS = times(OUTLETS, (outlet) => {
  const random = randomOf(outlet + 9_000);
  return outlet % 3 === 0
    ? `تابعوا آخر أخبار ${wordOf(random)} على ${times(whole(random, 16, 45), () => wordOf(random)).join(" ")} ${2010 + outlet}`
    : null;
});
const withFooter = (outlet, paragraphs) =>
  FOOTERS[outlet] === null ? paragraphs : [...paragraphs, FOOTERS[outlet]];

/** Every day again, with other figures: what must never be a copy of yesterday's. */
const NOTICES = {
  rates: (random, day, outlet) => [
    `أسعار صرف العملات الأجنبية مقابل الدينار الليبي في السوق الموازي ليوم ${day} حسب متابعة صحيفة ${outlet}`,
    `سجل سعر الدولار الأمريكي ${whole(random, 470, 790) / 100} دينار فيما بلغ سعر اليورو ${whole(random, 500, 850) / 100} دينار وسجل الجنيه الإسترليني ${whole(random, 600, 990) / 100} دينار بينما بلغ الدينار التونسي ${whole(random, 150, 250) / 100} وسجلت الليرة التركية ${whole(random, 15, 90) / 100} وبلغ سعر غرام الذهب من عيار ثمانية عشر ${whole(random, 300, 480)} دينارا`,
  ],
  weather: (random, day) => [
    `توقع المركز الوطني للأرصاد الجوية في نشرته ليوم ${day} أن تكون السماء قليلة السحب على أغلب مناطق الشمال الغربي من رأس جدير إلى سرت مع رياح خفيفة إلى معتدلة السرعة`,
    `وتتراوح درجات الحرارة العظمى ما بين ${whole(random, 18, 24)} و ${whole(random, 25, 33)} درجة على الساحل فيما تصل إلى ${whole(random, 34, 44)} درجة مئوية على مناطق الجنوب والواحات ويكون البحر خفيف الموج على طول الساحل`,
  ],
  prayers: (random, day) => [
    `مواقيت الصلاة ليوم ${day} حسب التوقيت المحلي لمدينة طرابلس وضواحيها كما أعلنتها الهيئة العامة للأوقاف والشؤون الإسلامية`,
    `الفجر ${whole(random, 4, 6)}:${whole(random, 10, 59)} الشروق ${whole(random, 6, 7)}:${whole(random, 10, 59)} الظهر 1:${whole(random, 10, 59)} العصر 4:${whole(random, 10, 59)} المغرب 6:${whole(random, 10, 59)} العشاء 8:${whole(random, 10, 59)}`,
  ],
  horoscope: (random, day) => [
    `حظك اليوم ${day} وتوقعات الأبراج كما يقدمها لكم خبراء الفلك والأبراج في زاويتنا اليومية التي تنتظرونها كل صباح`,
    ...["الحمل", "الثور", "الجوزاء", "السرطان", "الأسد", "العذراء"].map(
      (sign) =>
        `برج ${sign} على الصعيد المهني والعاطفي والصحي ${times(12, () => wordOf(random)).join(" ")}`,
    ),
  ],
};

/** As editors write one text: vowel signs, hamza, teh marbuta, commas and quotes differ. */
export function respelled(text, random = randomOf(1)) {
  return text
    .replace(/[بتجحد](?=\p{L})/gu, (letter) =>
      random() < 0.2 ? `${letter}${pick(random, ["َ", "ُ", "ِ", "ّ"])}` : letter,
    )
    .replaceAll("،", ",")
    .replaceAll("أ", "ا")
    .replace(/ة(?=[\s.,])/gu, "ه")
    .replaceAll("؛", ";");
}

/** What outlets do to a story. Each gets its paragraphs and headline, and gives the copy's. */
const EDITS = {
  contained: (random, story) => ({
    paragraphs: [
      `${headlineOf(random)} (وال) –`,
      ...story.paragraphs,
      times(whole(random, 3, 12), () => sentenceOf(random)).join(" "),
    ],
  }),
  shortened: (_random, story) => ({
    paragraphs: story.paragraphs.slice(0, Math.max(2, Math.ceil(story.paragraphs.length * 0.5))),
  }),
  headline: (random, story) => ({ paragraphs: story.paragraphs, title: headlineOf(random) }),
  reordered: (_random, story) => {
    const [first, ...rest] = story.paragraphs;
    return { paragraphs: [first, ...rest.reverse()] };
  },
  respelled: (random, story) => ({
    paragraphs: story.paragraphs.map((paragraph) => respelled(paragraph, random)),
    title: respelled(story.title, random),
  }),
  boilerplate: (random, story) => ({
    paragraphs: story.paragraphs,
    footerOf: 3 * whole(random, 0, 6),
  }),
  edited: (random, story) => {
    const words = story.paragraphs.join("\n").split(" ");
    for (let edit = 0; edit < words.length / 120; edit++) {
      words[whole(random, 0, words.length - 1)] = wordOf(random);
    }
    return { paragraphs: words.join(" ").split("\n") };
  },
};

/**
 * Articles in order of publication, `perDay` a day.
 *
 * @yields {{ story: string, edit: string, outlet: number, title: string, body: string, at: number }}
 *   articles of one `story` are copies of one another; `edit` is `original`, a kind of copy, or what
 *   is never a copy (`notice`, `round-up`)
 */
export function* articles(count, { seed = 7, perDay = 400 } = {}) {
  const random = randomOf(seed);
  const recent = [];
  for (let number = 0; number < count; number++) {
    const at = FIRST_DAY + Math.floor((number / perDay) * DAY_MS);
    const day = new Date(at).toISOString().slice(0, 10);
    const outlet = whole(random, 0, OUTLETS - 1);
    const base = { outlet, at };
    const dice = random();
    if (recent.length > 20 && dice < COPIED_SHARE) {
      const story = pick(random, recent);
      const edit = pick(random, Object.keys(EDITS));
      const { paragraphs, title = story.title, footerOf = outlet } = EDITS[edit](random, story);
      yield {
        ...{ ...base, story: story.id, edit, title },
        outlet: footerOf,
        body: withFooter(footerOf, paragraphs).join("\n\n"),
      };
    } else if (dice < COPIED_SHARE + 0.06) {
      // Of one day all outlets have the same figures; their next notices differ in nothing else.
      const kind = pick(random, Object.keys(NOTICES));
      const ofDay = randomOf(Math.floor(at / DAY_MS));
      const paragraphs = NOTICES[kind](ofDay, day.split("-").reverse().join("/"), outlet);
      yield {
        ...{ ...base, story: `${kind} ${day}`, edit: "notice", title: `${kind} ${day}` },
        body: withFooter(outlet, paragraphs).join("\n\n"),
      };
    } else if (recent.length > 20 && dice < COPIED_SHARE + 0.065) {
      const told = times(4, () => pick(random, recent).paragraphs.slice(0, 2).join("\n\n"));
      yield {
        ...{ ...base, story: `r${number}`, edit: "round-up", title: `أبرز أخبار ${day}` },
        body: withFooter(outlet, [headlineOf(random), ...told]).join("\n\n"),
      };
    } else {
      const story = {
        id: `s${number}`,
        title: headlineOf(random),
        paragraphs: times(whole(random, 2, 10), () => paragraphOf(random)),
      };
      recent.push(story);
      if (recent.length > perDay) recent.shift();
      yield {
        ...{ ...base, story: story.id, edit: "original", title: story.title },
        body: withFooter(outlet, story.paragraphs).join("\n\n"),
      };
    }
  }
}
