/**
 * One page per habit of news templates, each made here after the kind of markup such pages have, none
 * copied from a site. What stands around, between and inside the paragraphs has to go; they have to stay.
 */
import { expect, test } from "vitest";
import { extract } from "../../../src/extract/index.ts";

const TITLE = "البلدية تبدأ صيانة طريق الشاطئ بعد تأجيل دام عامين";
const BODY = [
  "بدأت بلدية المدينة صباح الأحد أعمال صيانة طريق الشاطئ، بعد تأجيل دام نحو عامين بسبب نقص التمويل وخلافات مع المقاول السابق.",
  "وقال رئيس قسم المشروعات إن المرحلة الأولى تشمل أربعة كيلومترات، وإن العمل سيجري ليلا حتى لا تتعطل حركة السير في ساعات الذروة.",
  "ويشكو أصحاب المحال المطلة على الطريق من تراجع الزبائن، ويطالبون بتعويض عن الأشهر التي أغلق فيها المدخل الغربي أمام السيارات.",
  "وأضاف أن المقاول الجديد ملزم بتسليم الطريق قبل نهاية الصيف، وإلا دفع غرامة عن كل يوم تأخير بحسب شروط العقد الموقع بين الطرفين.",
  "وكانت لجنة من مهندسي الوزارة قد زارت الموقع الشهر الماضي، وأوصت بتغيير شبكة تصريف المياه قبل رصف الطبقة الأخيرة من الطريق.",
];
const LEAD = "الأعمال تبدأ ليلا من المدخل الغربي، وأصحاب المحال يطالبون بالتعويض عن أشهر الإغلاق";
const p = (lines: readonly string[]) => lines.map((line) => `<p>${line}</p>`).join("\n");
const MENU = `<nav><ul>${["الرئيسية", "محليات", "اقتصاد", "رياضة", "ثقافة", "رأي"].map((name) => `<li><a href="/${name}">${name}</a></li>`).join("")}</ul></nav>`;
const OTHER = [
  "افتتاح معرض الكتاب في قاعة المدينة القديمة مساء الخميس",
  "فريق الشباب يتأهل إلى نصف نهائي كأس المدينة",
  "ارتفاع أسعار الخضر في أسواق الجملة قبل العيد",
  "مدرسة جديدة لأحياء الجنوب قبل بداية العام الدراسي",
];
const RELATED = `<section class="related-posts"><h3>مقالات ذات صلة</h3>${OTHER.map((name, at) => `<div class="item"><a href="/n/${at}"><img src="t.jpg"><h4>${name}</h4></a></div>`).join("")}</section>`;
const HEAD = `<header><h1>${TITLE}</h1></header>`;
const page = (body: string, head = "") =>
  `<html lang="ar" dir="rtl"><head><title>${TITLE} | أخبار المدينة</title><meta property="og:title" content="${TITLE}">${head}</head><body>${MENU}${body}<footer><p>جميع الحقوق محفوظة</p></footer></body></html>`;
const article = (inner: string, around = "") =>
  page(
    `<main><article>${HEAD}<div class="entry-content">${inner}</div></article>${around}</main>${RELATED}`,
  );
/** The body with something between its second and third paragraph. */
const between = (insert: string) => article(p(BODY.slice(0, 2)) + insert + p(BODY.slice(2)));

function bodyOf(text: string): readonly string[] {
  const html = { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null } as const;
  const context = {
    url: "https://news.example.ly/a/1",
    capturedAt: Date.UTC(2024, 5, 1),
    site: null,
    themes: [],
    explain: false,
  };
  return extract(html, context).article?.body.split(/\n+/) ?? [];
}

const ENGLISH = [
  "The city began repairing the coastal road on Sunday morning, after a delay of two years caused by missing funds and a quarrel with a contractor.",
  "The head of projects said that the first part covers four kilometres, and that work will be done at night so that traffic can flow at rush hour.",
  "Shopkeepers along the road complain that customers stay away, and ask to be paid for the months in which the western entrance was closed.",
  "The new contractor must deliver the road before the end of summer, or pay a fine for every day of delay under the terms of the contract.",
];

const WHO_IS_WHERE =
  "Pictured from left, are the engineers Salma Harb and Omar Nour, from the council.";
const TUTORIAL =
  "To set the name of the reader, write the variable as every template of these ten years has done:";
/** As long as three lines. */
const LONG = ENGLISH.slice(0, 3).join(" ");

test.each<[name: string, markup: string, expected?: readonly string[]]>([
  [
    "class names that only contain a bad word (whole-token matching)",
    page(
      `<div class="post-1 tag-comments category-sidebar has-related shareholder-news">${HEAD}<div class="adventure navigator">${p(BODY)}</div></div>${RELATED}`,
    ),
  ],
  [
    "a bad name around most of the prose (pruning guarded by prose share)",
    page(`<div class="sidebar-widget comments">${HEAD}${p(BODY)}</div>${RELATED}`),
  ],
  [
    "cards between paragraphs and after them",
    between(
      `<div class="grid">${OTHER.slice(0, 3)
        .map(
          (name) =>
            `<div class="card"><a href="/x"><img src="a.jpg">${name}</a><span>قبل ساعتين</span></div>`,
        )
        .join("")}</div>`,
    ),
  ],
  [
    "a body split into chunks around adverts",
    page(
      `<main>${HEAD}<div class="chunk body-text">${p(BODY.slice(0, 2))}</div><div class="ad-slot">إعلان</div><div class="chunk body-text">${p(BODY.slice(2, 4))}</div><div class="ad-slot">إعلان</div><div class="chunk body-text">${p(BODY.slice(4))}</div></main>${RELATED}`,
    ),
  ],
  [
    "a standfirst between the title and the body is kept",
    page(
      `<main><article><header><h1>${TITLE}</h1><p class="standfirst">${LEAD}.</p></header><div class="entry-content">${p(BODY)}</div></article></main>${RELATED}`,
      `<meta property="og:description" content="${LEAD}.">`,
    ),
    [`${LEAD}.`, ...BODY],
  ],
  [
    "articles appended by endless scrolling are cut",
    page(
      `<main><article>${HEAD}<div class="entry-content">${p(BODY)}</div></article>${[0, 1].map((at) => `<article><header><h1>${OTHER[at]}</h1></header><div class="entry-content">${p(BODY.map((line) => line.replaceAll("الطريق", `المعرض ${at}`)))}</div></article>`).join("")}</main>`,
    ),
  ],
  [
    "an inline read-also line that is a link goes",
    between(`<p>اقرأ أيضا: <a href="/x">${OTHER[0]}</a></p>`),
  ],
  ...["Baca juga", "Ayrıca okuyun", "Funda olunye udaba"].map((label): [string, string] => [
    `a line that leads to another story goes: ${label}`,
    between(`<p><a href="/x">${label} | ${OTHER[0]}</a></p>`),
  ]),
  ...[
    "$$TOPAD$$",
    "%%BANNER%%",
    "[TEASER_BOX]",
    "{{ advert }}",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
    "An dieser Stelle findest du einen externen Inhalt von Video.example, der den Artikel ergänzt.",
    "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Mehr dazu im Datenschutz.",
    "Empfohlener redaktioneller Inhalt",
    "WATCH | The repairs begin on the coast road before the summer:",
  ].map((line): [string, string] => [`a line that is no text goes: ${line}`, between(p([line]))]),
  [
    "who stands where in the picture above is its caption",
    between(`<div><img src="a.jpg"></div>${p([WHO_IS_WHERE])}`),
  ],
  ...[
    "[قال ذلك ضاحكا] ثم أضاف أن العمل لن يتوقف حتى يكتمل الطريق.",
    "من اليمين إلى اليسار، رفضت الأحزاب كلها مشروع القانون وطالبت بسحبه.",
    "وقالت المنصة إنها حذفت الحساب بعد استعماله لعرض هذا المحتوى على القاصرين.",
    "An dieser Stelle finden Sie am Sonntag einen Biergarten und ein Zelt für die Kinder.",
    "Ob ihnen dort externe Inhalte angezeigt werden, wissen viele Leser nach Ansicht der Behörde nicht.",
    "Wer Daten sammelt, lässt sich in der neuen Version mit einem Klick anzeigen, sagt sie.",
    "Die Firma gibt nach Ansicht der Behörde personenbezogene Daten an Drittanbieter weiter.",
    "Désormais, vous devez accepter les cookies pour lire la presse en ligne, ou payer.",
    "Lorem ipsum is the dummy text that was left on the new site of the town for a whole week.",
    "LISTEN: that is what the sign above the door of the school says, and the children obey.",
    "File photo evidence shown in court placed the van outside the depot on that night.",
    "The engine writes {{ user.name }} where the name of the reader has to stand in the page.",
    WHO_IS_WHERE,
    `An dieser Stelle finden Sie einen externen Inhalt. ${LONG}`,
    `Lorem ipsum dolor sit amet. ${LONG}`,
    `WATCH | ${LONG}`,
  ].map((line): [string, string, readonly string[]] => [
    `a sentence that only looks like one stays: ${line}`,
    between(p([line])),
    [...BODY.slice(0, 2), line, ...BODY.slice(2)],
  ]),
  ...["{{ user.name }}", "[MAX_CONNECTIONS]"].flatMap(
    (line): [string, string, readonly string[]][] => [
      [
        `what a tutorial prints after a colon is its text: ${line}`,
        between(p([TUTORIAL, line])),
        [...BODY.slice(0, 2), TUTORIAL, line, ...BODY.slice(2)],
      ],
      [
        `what a tutorial prints as code is its text: ${line}`,
        between(p([TUTORIAL.replace(":", "."), `<code>${line}</code>`])),
        [...BODY.slice(0, 2), TUTORIAL.replace(":", "."), line, ...BODY.slice(2)],
      ],
    ],
  ),
  ...["جميع الحقوق محفوظة لصحيفة المثال 2024", "All rights reserved.", "عدد المشاهدات: 120"].map(
    (line): [string, string] => [
      `a notice below the text goes: ${line}`,
      article(p([...BODY, line])),
    ],
  ),
  ...[
    "عدد الزيارات إلى المتحف تجاوز مليون زيارة هذا العام.",
    "All rights reserved, the author said.",
    "All rights reserved for the town stay with the town from now on.",
  ].map((line): [string, string, readonly string[]] => [
    `a sentence that only begins like a notice stays: ${line}`,
    article(p([...BODY, line])),
    [...BODY, line],
  ]),
  ...[
    '<div class="pic"><img src="a.jpg"><div>Residents cross the flooded street in the town. [Reuters]</div></div>',
    '<div class="pic"><div>Residents cross the flooded street in the town. [Reuters]</div><img src="a.jpg"></div>',
    "<ul><li>Minutes of the meeting of 3 May. (PDF)</li><li>Plan</li></ul>",
  ].map((line): [string, string, readonly string[]] => [
    `what is signed beside a picture, or by no agency, ends no sentence: ${line}`,
    page(
      line.includes("img")
        ? `<article>${HEAD}<div class="entry-content">${line}${p(ENGLISH)}</div></article>`
        : `<article>${HEAD}<div class="text">${p(ENGLISH.slice(0, 2))}${line}${p(ENGLISH.slice(2))}</div></article>`,
    ),
    ENGLISH,
  ]),
  [
    "a read-also label above a list of links goes with the list",
    between(
      `<p><strong>اقرأ أيضا:</strong></p><ul>${OTHER.slice(0, 3)
        .map((name) => `<li><a href="/x">${name}</a></li>`)
        .join("")}</ul>`,
    ),
  ],
  [
    "a sentence that begins with read-also stays",
    article(
      p([
        ...BODY.slice(0, 3),
        "اقرأ أيضا ما جاء في العقد، قال رئيس القسم للصحفيين، فهو ينص صراحة على أن التعويض من حق كل من أغلق محله خلال الأعمال.",
        ...BODY.slice(3),
      ]),
    ),
    [
      ...BODY.slice(0, 3),
      "اقرأ أيضا ما جاء في العقد، قال رئيس القسم للصحفيين، فهو ينص صراحة على أن التعويض من حق كل من أغلق محله خلال الأعمال.",
      ...BODY.slice(3),
    ],
  ],
  [
    "title, byline and date lines at the top of the body go",
    page(
      `<main><article><div class="entry-content"><h1>${TITLE}</h1><p>بقلم: سالم الفيتوري</p><p>الأحد 12 مايو 2024 - 10:30 صباحا</p>${p(BODY)}</div></article></main>${RELATED}`,
    ),
  ],
  [
    "related stories inside the body's own element go",
    article(
      `${p(BODY)}<h4>مواضيع ذات صلة</h4><ul>${OTHER.map((name) => `<li><a href="/x">${name}</a></li>`).join("")}</ul>`,
    ),
  ],
  [
    "share bars above and below go",
    article(
      `<div class="post-share"><span>شارك</span><a href="#">فيسبوك</a><a href="#">تويتر</a><a href="#">واتساب</a></div>${p(BODY)}<div class="post-share"><span>شارك هذا الخبر</span><a href="#">فيسبوك</a><a href="#">انسخ الرابط</a></div>`,
    ),
  ],
  [
    "a picture's caption is no paragraph",
    between(
      '<figure><img src="a.jpg"><figcaption>طريق الشاطئ كما بدا صباح الأحد (تصوير: وكالة)</figcaption></figure>',
    ),
  ],
  [
    "a WordPress caption is no paragraph",
    between(
      '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">طريق الشاطئ كما بدا صباح الأحد</p></div>',
    ),
  ],
  [
    "a newsletter box goes",
    between(
      '<div class="newsletter-box"><h3>النشرة البريدية</h3><p>اشترك في نشرتنا البريدية ليصلك أهم الأخبار كل صباح.</p><form><input type="email"><button>اشترك</button></form></div>',
    ),
  ],
  [
    "a prompt to follow on messengers, as a paragraph of its own, goes",
    article(
      `${p(BODY)}<p>تابعوا أخبار المدينة عبر <a href="https://news.google.com/x">غوغل نيوز</a></p><p>حمل الآن تطبيق <a href="/app">أخبار المدينة</a></p>`,
    ),
  ],
  [
    "a paywall's prompt goes",
    article(
      `${p(BODY)}<div class="paywall-prompt"><h3>هذا المحتوى للمشتركين</h3><p>اشترك الآن لمتابعة القراءة.</p><a href="/subscribe">اشترك</a><a href="/login">سجل الدخول</a></div>`,
    ),
  ],
  [
    "a request for a donation below the text goes",
    article(
      `${p(BODY)}<p>Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns bitte mit einer Spende.</p>`,
    ),
  ],
  [
    "an embedded tweet is text of the article, its writer and day included",
    between(
      '<blockquote class="twitter-tweet"><p lang="ar" dir="rtl">بدأت الليلة أعمال الصيانة في المرحلة الأولى من طريق الشاطئ، ونعتذر لسكان المنطقة عن أي إزعاج.</p>&mdash; البلدية (@baladiya) <a href="https://twitter.com/x/1">May 12, 2024</a></blockquote><script src="widgets.js"></script>',
    ),
    [
      ...BODY.slice(0, 2),
      "بدأت الليلة أعمال الصيانة في المرحلة الأولى من طريق الشاطئ، ونعتذر لسكان المنطقة عن أي إزعاج.",
      "— البلدية (@baladiya) May 12, 2024",
      ...BODY.slice(2),
    ],
  ],
  [
    "soft hyphens and zero-width marks go",
    article(
      p(BODY.map((line) => line.replace("البلدية", "البل\u00adدية").replace(" ", "\u200b "))),
    ),
  ],
  [
    "bare text nodes between elements",
    page(
      `<div>${HEAD}<div class="txt">${BODY.map((line) => `${line}<div></div>`).join("")}</div></div>${RELATED}`,
    ),
  ],
  [
    "paragraphs parted by <br>",
    page(`<div>${HEAD}<div class="txt">${BODY.join("<br><br>")}</div></div>${RELATED}`),
  ],
  [
    "a table layout with a menu and a list of news beside the text",
    page(
      `<table width="100%"><tr><td width="20%"><table>${OTHER.map((name) => `<tr><td><a href="/x">${name}</a></td></tr>`).join("")}</table></td><td><table><tr><td><h1>${TITLE}</h1></td></tr><tr><td><font size="3">${BODY.join("<br><br>")}</font></td></tr></table></td></tr></table>`,
    ),
  ],
  [
    "an opinion piece's author box goes",
    article(
      p(BODY),
      '<div class="author-box"><img src="w.jpg"><h4><a href="/w/1">هدى الزروق</a></h4><p>كاتبة وصحفية مهتمة بشؤون المدن، صدر لها كتابان عن العمارة في شمال أفريقيا.</p></div>',
    ),
  ],
  [
    "an author's box at the top of an opinion piece goes",
    article(
      `<div class="writer"><img src="w.jpg"><span>هدى الزروق</span><span>كاتبة وصحفية</span></div>${p(BODY)}`,
    ),
  ],
  [
    "a disclaimer under an opinion piece goes",
    article(`${p(BODY)}<p>المقالات المنشورة لا تعبر بالضرورة عن رأي الصحيفة.</p>`),
  ],
  [
    "tags under the text go",
    article(
      `${p(BODY)}<div class="post-tags"><span>الوسوم:</span><a href="/t/1">البلدية</a><a href="/t/2">طريق الشاطئ</a></div>`,
    ),
  ],
  [
    "a video's caption is its body",
    page(
      `<main><article>${HEAD}<div class="video"><iframe src="https://www.youtube.com/embed/x"></iframe></div><div class="entry-content"><p>${BODY[0]}</p></div></article></main>${RELATED}`,
    ),
    BODY.slice(0, 1),
  ],
  [
    "headings of the article's parts stay",
    article(
      `${p(BODY.slice(0, 2))}<h2>شكاوى أصحاب المحال</h2>${p(BODY.slice(2, 3))}<h2>شروط العقد</h2>${p(BODY.slice(3))}`,
    ),
    [
      ...BODY.slice(0, 2),
      "شكاوى أصحاب المحال",
      ...BODY.slice(2, 3),
      "شروط العقد",
      ...BODY.slice(3),
    ],
  ],
  [
    "a list and a quotation of the article stay",
    article(
      `${p(BODY.slice(0, 2))}<ul><li>تغيير شبكة تصريف المياه على طول الطريق.</li><li>رصف أربعة كيلومترات بطبقتين من الأسفلت.</li><li>إنارة المدخل الغربي بأعمدة جديدة.</li></ul><blockquote><p>لن نقبل أن يدفع أصحاب المحال ثمن تأخر لا ذنب لهم فيه.</p></blockquote>${p(BODY.slice(2))}`,
    ),
    [
      ...BODY.slice(0, 2),
      "تغيير شبكة تصريف المياه على طول الطريق.",
      "رصف أربعة كيلومترات بطبقتين من الأسفلت.",
      "إنارة المدخل الغربي بأعمدة جديدة.",
      "لن نقبل أن يدفع أصحاب المحال ثمن تأخر لا ذنب لهم فيه.",
      ...BODY.slice(2),
    ],
  ],
  [
    "one kind of insert again and again, in words no list knows",
    page(
      `<main><article>${HEAD}<div class="entry-content">${BODY.map((line, at) => `<p>${line}</p>${at < 3 ? `<p><a href="/x/${at}">لا تفوتك هذه الحكاية | ${OTHER[at]}</a></p>` : ""}`).join("")}</div></article></main>${RELATED}`,
    ),
  ],
  [
    "an English page with a related box, a newsletter and a byline",
    `<html lang="en"><head><title>City begins repair of coastal road - Town News</title></head><body><nav><a href="/">Home</a><a href="/n">News</a></nav><main><article><h1>City begins repair of coastal road</h1><p class="byline">By <a href="/a">Huda Zarrouk</a></p><time>12 May 2024</time>${p(ENGLISH.slice(0, 2))}<aside><h3>Read more</h3><a href="/x">Book fair opens in the old hall</a></aside>${p(ENGLISH.slice(2))}<p><em><a href="/nl">Sign up for our newsletter</a></em></p></article></main><footer>All rights reserved</footer></body></html>`,
    ENGLISH,
  ],
])("%s", (_, markup, expected = BODY) => {
  expect(bodyOf(markup)).toEqual(expected);
});
