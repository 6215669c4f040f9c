/** Short pages, and pages about the very things walls and errors speak of, that are articles all the same. */

/** [what it is, its markup] */
export type ShortArticle = readonly [what: string, html: string];

const page = (title: string, body: string, head = "", attributes = 'lang="ar" dir="rtl"'): string =>
  `<!doctype html><html ${attributes}><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><nav><a href="/">الرئيسية</a> <a href="/c/1">محليات</a> <a href="/c/2">رياضة</a></nav><main>${body}</main><footer><a href="/about">من نحن</a></footer></body></html>`;
const english = (title: string, body: string, head = ""): string =>
  page(title, body, head, 'lang="en"');
const DATE = '<time datetime="2026-03-01T10:00:00+02:00">1 مارس 2026</time>';
const OG = '<meta property="og:type" content="article">';
const POST = (headline: string): string =>
  `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"${headline}","datePublished":"2026-03-01T10:00:00+02:00"}</script>`;

export const SHORT_ARTICLES: readonly ShortArticle[] = [
  [
    "a flash of one sentence",
    page(
      "عاجل: افتتاح الطريق الساحلي",
      `<h1>عاجل: افتتاح الطريق الساحلي</h1>${DATE}<p>أعلنت بلدية الساحل افتتاح الطريق الساحلي أمام حركة السير صباح اليوم.</p>`,
      OG,
    ),
  ],
  [
    "a flash of one sentence without any data",
    page(
      "تعليق الدراسة غدا في الساحل",
      `<h1>تعليق الدراسة غدا في الساحل</h1>${DATE}<p>قررت مراقبة التعليم تعليق الدراسة يوم غد بسبب سوء الأحوال الجوية.</p>`,
    ),
  ],
  [
    "an obituary",
    page(
      "إنا لله وإنا إليه راجعون",
      `<h1>وفاة الأستاذ سالم الفيتوري</h1>${DATE}<p>انتقل إلى رحمة الله تعالى الأستاذ سالم الفيتوري، ويشيع جثمانه بعد صلاة العصر من مسجد الميناء. إنا لله وإنا إليه راجعون.</p>`,
    ),
  ],
  [
    "a gallery",
    page(
      "بالصور: سوق الجمعة في الساحل",
      `<h1>بالصور: سوق الجمعة في الساحل</h1>${DATE}<article><p>شهد سوق الجمعة حركة نشطة مع اقتراب شهر رمضان وإقبال الأهالي على شراء حاجاتهم.</p>${[1, 2, 3, 4].map((n) => `<figure><img src="/u/${n}.jpg" width=800><figcaption>من السوق</figcaption></figure>`).join("")}</article>`,
      OG,
    ),
  ],
  [
    "a video",
    page(
      "بالفيديو: وصول أول سفينة إلى الميناء",
      `<h1>بالفيديو: وصول أول سفينة إلى الميناء</h1>${DATE}<iframe src="https://player.example/v/1"></iframe><p>وصلت إلى الميناء أول سفينة حاويات بعد انتهاء أعمال تعميق المدخل.</p>`,
      OG,
    ),
  ],
  [
    "news of a blocked bank account",
    page(
      "تم حظر حسابات مصرفية",
      `<h1>تم حظر 12 حسابا مصرفيا في قضية تزوير</h1>${DATE}<p>قالت النيابة العامة إنه تم حظر اثني عشر حسابا مصرفيا على ذمة قضية تزوير مستندات، وإن التحقيق مستمر مع ثلاثة موظفين.</p>`,
      OG,
    ),
  ],
  [
    "news of a site that was blocked",
    page(
      "حجب موقع إخباري في الجارة",
      `<h1>هيئة الاتصالات: هذا الموقع محجوب بأمر قضائي</h1>${DATE}<p>أعلنت هيئة الاتصالات حجب موقع إخباري معروف، وقالت إن رسالة «هذا الموقع محجوب» ستظهر لمن يزوره إلى حين صدور حكم.</p>`,
      OG,
    ),
  ],
  [
    "a ban on imports",
    page(
      "منع استيراد الدواجن المجمدة",
      `<h1>ممنوع استيراد الدواجن المجمدة حتى إشعار آخر</h1>${DATE}<p>أصدرت وزارة الاقتصاد قرارا يمنع استيراد الدواجن المجمدة حتى نهاية العام حماية للمنتج المحلي.</p>`,
    ),
  ],
  [
    "an explainer about captchas",
    english(
      "Why a captcha asks if you are human",
      `<h1>Why a captcha asks if you are human</h1><p>By Mona Ali</p><time datetime="2026-03-01">1 March 2026</time><p>Every day millions of readers are asked to prove they are not a robot. The puzzles are older than most of the sites that show them, and machines now solve them faster than people do.</p><p>Researchers say the next ones will ask nothing at all and watch how a page is scrolled instead.</p>`,
    ),
  ],
  [
    "an explainer about the number 404",
    english(
      "404 Not Found: the short history of an error",
      `<h1>404 Not Found: the short history of an error</h1><time datetime="2026-03-01">1 March 2026</time><p>The page you are looking for has been gone for thirty years, and the number that says so is older than most readers. Librarians call it link rot, and archives are the only cure they know.</p>`,
    ),
  ],
  [
    "a report about internet blocking",
    english(
      "Access denied: how one state blocks the news",
      `<h1>Access denied: how one state blocks the news</h1><time datetime="2026-03-01">1 March 2026</time><p>Readers who open the newspaper's address see two words, access denied. The ministry says a court ordered it; the paper's lawyer says no court was ever asked about the matter.</p>`,
      OG,
    ),
  ],
  [
    "a notice that a ministry's site is under maintenance",
    page(
      "الموقع الرسمي تحت الصيانة حتى الأحد",
      `<h1>وزارة الصحة: منظومة الحجز تحت الصيانة حتى الأحد</h1>${DATE}<p>أعلنت وزارة الصحة أن منظومة حجز المواعيد ستكون تحت الصيانة حتى يوم الأحد، ودعت المراجعين إلى التوجه مباشرة إلى المراكز.</p>`,
      OG,
    ),
  ],
  [
    "news of a domain name sold",
    english(
      "Domain sold for a record sum",
      `<h1>Three-letter domain sold for a record sum</h1><time datetime="2026-03-01">1 March 2026</time><p>A three-letter domain that had been for sale since 2019 changed hands on Sunday for nine million dollars, its broker said.</p>`,
      OG,
    ),
  ],
  [
    "a raid on an illegal casino",
    english(
      "Police close illegal casino",
      `<h1>Police close illegal casino in the port district</h1><time datetime="2026-03-01">1 March 2026</time><p>Police closed an illegal casino in the port district on Sunday and took away forty slot machines, two roulette tables and the cash of a poker game. Eleven people were held, among them the owner of the building, who told the court he had let it as a sports club. Online betting is forbidden as well, a spokesman said, and three casino sites will be blocked this week.</p>`,
      OG,
    ),
  ],
  [
    "a warning about false medicine",
    english(
      "Health ministry warns of fake Viagra sold online",
      `<h1>Health ministry warns of fake Viagra sold online</h1><time datetime="2026-03-01">1 March 2026</time><p>The health ministry warned on Sunday of fake Viagra and Cialis tablets that are sold online without prescription. Inspectors found chalk and paint in half of the samples, and two people were taken to hospital.</p>`,
      OG,
    ),
  ],
  [
    "a study of gambling in Arabic",
    page(
      "دراسة: القمار الإلكتروني يستنزف الشباب",
      `<h1>دراسة: القمار الإلكتروني يستنزف الشباب</h1>${DATE}<p>حذرت دراسة جامعية من انتشار مواقع القمار والمراهنات بين الشباب، وقالت إن كازينو إلكترونيا واحدا استدرج مئات الطلبة بوعود الربح السريع والمكافآت.</p>`,
      OG,
    ),
  ],
  [
    "an interview about a Japanese brand",
    english(
      "Tokyo bag maker opens in Tripoli",
      `<h1>「侘寂」: a Tokyo bag maker opens in Tripoli</h1><time datetime="2026-03-01">1 March 2026</time><p>The maker calls her bags 侘寂, after the beauty of worn things. Her first shop outside Japan opened on Sunday in the old city, between a coppersmith and a bookbinder.</p>`,
      OG,
    ),
  ],
  [
    "a weather line",
    page(
      "حالة الطقس اليوم",
      `<h1>حالة الطقس اليوم</h1>${DATE}<p>سماء قليلة السحب على أغلب مناطق الساحل، ودرجات الحرارة بين 18 و24، والرياح شمالية معتدلة.</p>`,
    ),
  ],
  [
    "a football result",
    page(
      "الساحل يفوز على الميناء بهدفين",
      `<h1>الساحل يفوز على الميناء بهدفين</h1>${DATE}<p>فاز فريق الساحل على ضيفه الميناء بهدفين دون رد ضمن مباريات الأسبوع العاشر من الدوري.</p>`,
      POST("الساحل يفوز"),
    ),
  ],
  [
    "exchange rates",
    page(
      "أسعار العملات اليوم",
      `<h1>أسعار العملات في السوق الموازي اليوم</h1>${DATE}<table><tr><td>الدولار<td>7.15<tr><td>اليورو<td>7.80<tr><td>الجنيه<td>9.05</table><p>سجل الدولار ارتفاعا طفيفا في السوق الموازي بداية تعاملات اليوم الأحد.</p>`,
      OG,
    ),
  ],
  [
    "a condolence by an office",
    page(
      "رئيس البلدية يعزي أسرة الفقيد",
      `<h1>رئيس البلدية يعزي أسرة الفقيد</h1>${DATE}<p>قدم رئيس البلدية واجب العزاء إلى أسرة الفقيد في منزلها بحي الميناء مساء أمس السبت.</p>`,
    ),
  ],
  [
    "a login system that failed",
    page(
      "تعطل تسجيل الدخول إلى منظومة المرتبات",
      `<h1>تعطل تسجيل الدخول إلى منظومة المرتبات</h1>${DATE}<p>اشتكى موظفون من تعذر تسجيل الدخول إلى منظومة المرتبات منذ الخميس، وقالت الوزارة إن العطل فني وسيعالج خلال ساعات.</p>`,
      OG,
    ),
  ],
  [
    "news of a lost page",
    page(
      "اختفاء صفحة القرار من الموقع",
      `<h1>«الصفحة غير موجودة»: اختفاء قرار المجلس من موقعه</h1>${DATE}<p>اختفى نص القرار من موقع المجلس بعد ساعات من نشره، وتظهر لمن يطلبه عبارة الصفحة غير موجودة، وقال متحدث إن النص قيد المراجعة.</p>`,
      OG,
    ),
  ],
  [
    "cookies in the kitchen",
    english(
      "Before you continue to bake",
      `<h1>We and our partners bake cookies for Ramadan</h1><time datetime="2026-03-01">1 March 2026</time><p>Forty volunteers and their partners baked nine thousand cookies on Sunday for families in the old city, and nobody was asked to accept any of them.</p>`,
      OG,
    ),
  ],
  [
    "a ban on casino adverts",
    english(
      "Regulator bans online casino adverts",
      `<h1>Regulator bans online casino adverts</h1><time datetime="2026-03-01">1 March 2026</time><p>The regulator on Sunday banned adverts of every online casino from radio and football shirts. A promise of free spins or a welcome bonus, it said, reaches children first.</p><p>Two clubs whose shirts name an online casino have until June to find another sponsor, and both said that they would ask a court. A third has named a bakery since 2021 and sells more shirts than ever.</p>`,
    ),
  ],
  [
    "arrests over illegal betting, in Turkish",
    page(
      "Yasa dışı bahis siteleri operasyonu: 40 gözaltı",
      `<h1>Yasa dışı bahis siteleri operasyonu: 40 gözaltı</h1><time datetime="2026-03-01">1 Mart 2026</time><p>Polis, yasa dışı bahis siteleri üzerinden para aklayan bir şebekeye yönelik operasyonda 40 kişiyi gözaltına aldı. Savcılık, canlı bahis oynatan ve deneme bonusu vaadiyle gençleri hedef alan 12 adrese erişimin engellendiğini, bahis siteleri ile bağlantılı hesaplara el konulduğunu açıkladı.</p>`,
      "",
      'lang="tr"',
    ),
  ],
  [
    "an inquiry into medicines on the net",
    english(
      "Who sells Viagra online, and what is in it",
      `<h1>Who sells Viagra online, and what is in it</h1><time datetime="2026-03-01">1 March 2026</time><p>We ordered from nine sites that sell Viagra online. Seven sent pills without prescription, one sent vitamins and one sent nothing at all; the laboratory of the university found the right substance in three.</p><p>None of the nine is a pharmacy, though every one calls itself an online pharmacy, and the lowest price was that of the vitamins.</p>`,
    ),
  ],
];
