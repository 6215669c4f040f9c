/**
 * Pages that answer 200 and are no article: bot walls, consent walls, empty applications, missing pages,
 * parked domains, injected spam, maintenance, logins. Imitations: the wording every such product shows,
 * on sites that do not exist, with the menus and footers sites put around it.
 */
import type { PageKind } from "../../../src/model.ts";

/** [what it is, what it must be called, its address, its markup] */
export type NoArticle = readonly [what: string, kind: PageKind, url: string, html: string];

const ARTICLE = "https://akhbar.example/2026/03/01/iftitah-tariq/";
const SCRIPT = `<script>${"window.__q=window.__q||[];".repeat(120)}</script>`;
const page = (head: string, body: string, attributes = 'lang="en"'): string =>
  `<!doctype html><html ${attributes}><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const arabic = (head: string, body: string): string => page(head, body, 'lang="ar" dir="rtl"');
const MENU =
  '<nav><ul><li><a href="/">الرئيسية</a><li><a href="/c/1">محليات</a><li><a href="/c/2">رياضة</a><li><a href="/c/3">اقتصاد</a></ul></nav>';
const FOOTER =
  "<footer><p>جميع الحقوق محفوظة © بوابة الساحل 2026</p><a href=/about>من نحن</a></footer>";
const LATEST = Array.from(
  { length: 8 },
  (_, nth) =>
    `<div class=item><h4><a href="/2026/02/1${nth}/khabar-${nth}/">بلدية الساحل تعلن مواعيد صيانة شبكة المياه رقم ${nth}</a></h4></div>`,
).join("");

const walls: readonly NoArticle[] = [
  [
    "Cloudflare's wait",
    "block-page",
    ARTICLE,
    page(
      "<title>Just a moment...</title>",
      `<div class="main-wrapper"><h1 class="zone-name-title">akhbar.example</h1><p>Performing security verification</p><p>This website uses a security service to protect against malicious bots. This page is displayed while the website verifies you are not a bot.</p><noscript>Enable JavaScript and cookies to continue</noscript></div>${SCRIPT}`,
    ),
  ],
  [
    "Cloudflare's wait in Arabic",
    "block-page",
    ARTICLE,
    arabic(
      "<title>لحظة…</title>",
      `<h1>akhbar.example</h1><p>إجراء التحقق من الأمان</p><p>يستخدم هذا الموقع خدمة أمان للحماية من الروبوتات الضارة. تظهر هذه الصفحة أثناء تحقق الموقع من أنك لست روبوتا.</p>${SCRIPT}`,
    ),
  ],
  [
    "Cloudflare's wait in French",
    "block-page",
    ARTICLE,
    page(
      "<title>Un instant…</title>",
      `<h1>akhbar.example</h1><p>Vérification de sécurité en cours</p><p>Ce site utilise un service de sécurité pour se protéger contre les bots malveillants.</p>${SCRIPT}`,
      'lang="fr"',
    ),
  ],
  [
    "Cloudflare's refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Attention Required! | Cloudflare</title>",
      "<h1>Sorry, you have been blocked</h1><h2>You are unable to access akhbar.example</h2><h3>Why have I been blocked?</h3><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p><h3>What can I do to resolve this?</h3><p>You can email the site owner to let them know you were blocked. Please include what you were doing when this page came up and the Cloudflare Ray ID found at the bottom of this page.</p><p>Cloudflare Ray ID: 8f1</p>",
    ),
  ],
  [
    "Sucuri's refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Sucuri WebSite Firewall - Access Denied</title>",
      "<h1>Access Denied - Sucuri Website Firewall</h1><p>If you are the site owner, please whitelist your IP.</p><table><tr><td>Block ID:<td>GEO02<tr><td>Block reason:<td>Access from your country was disabled by the administrator.</table>",
    ),
  ],
  [
    "Incapsula's frame",
    "block-page",
    ARTICLE,
    page(
      '<meta name="robots" content="noindex, nofollow">',
      '<iframe id="main-iframe" src="/_Incapsula_Resource?x=1">Request unsuccessful. Incapsula incident ID: 1234-5678</iframe>',
    ),
  ],
  [
    "Akamai's refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Access Denied</title>",
      `<h1>Access Denied</h1>You don't have permission to access "http://akhbar.example/2026/" on this server.<p>Reference #18.5c4d</p>`,
    ),
  ],
  [
    "DataDome's captcha",
    "block-page",
    ARTICLE,
    page(
      "<title>akhbar.example</title>",
      `<p id="cmsg">Please enable JS and disable any ad blocker</p>${SCRIPT}`,
    ),
  ],
  [
    "PerimeterX's press and hold",
    "block-page",
    ARTICLE,
    page(
      "<title>Access to this page has been denied</title>",
      `<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 4c2</p>${SCRIPT}`,
    ),
  ],
  [
    "AWS WAF's puzzle",
    "block-page",
    ARTICLE,
    page(
      "<title>Human Verification</title>",
      `<noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you're not a robot. This requires JavaScript.</noscript><div id="captcha-container"></div>${SCRIPT}`,
    ),
  ],
  [
    "Wordfence's refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Your access to this site has been limited by the site owner</title>",
      "<h1>Your access to this site has been limited by the site owner</h1><p>Your access to this service has been limited. (HTTP response code 503)</p><p>Reason: Exceeded the maximum number of page requests per minute for humans.</p><p>Generated by Wordfence</p>",
    ),
  ],
  [
    "Imunify360's wait",
    "block-page",
    ARTICLE,
    page(
      "<title>One moment, please...</title>",
      `<h1>Please wait while your request is being verified...</h1>${SCRIPT}`,
    ),
  ],
  [
    "DDoS-Guard's wait",
    "block-page",
    ARTICLE,
    page(
      "<title>DDOS-GUARD</title>",
      `<h1>Checking your browser before accessing akhbar.example</h1><p>DDoS protection by DDoS-Guard</p>${SCRIPT}`,
    ),
  ],
  [
    "a captcha of a hosting company",
    "block-page",
    ARTICLE,
    page(
      "<title>Robot Challenge Screen</title>",
      `<h1>Checking site connection security</h1><p>akhbar.example needs to review the security of your connection before proceeding.</p>${SCRIPT}`,
    ),
  ],
  [
    "a Microsoft gateway's refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Service unavailable</title>",
      "<h2>The request is blocked.</h2><p>20260301T120000Z-17c</p>",
    ),
  ],
  [
    "an Arabic ban",
    "block-page",
    ARTICLE,
    arabic(
      "<title>تم حظرك</title>",
      "<h1>تم حظر عنوان IP الخاص بك</h1><p>رصد النظام نشاطا غير معتاد صادرا عن شبكتك. إذا كنت ترى أن ذلك خطأ فتواصل مع إدارة الموقع.</p>",
    ),
  ],
  [
    "an Arabic firewall inside the site's own frame",
    "block-page",
    ARTICLE,
    arabic(
      "<title>بوابة الساحل</title>",
      `${MENU}<main><h2>تم حظر وصولك إلى هذا الموقع</h2><p>يرجى إكمال اختبار التحقق للمتابعة.</p></main>${FOOTER}`,
    ),
  ],
  [
    "a state's notice that a site is blocked",
    "block-page",
    ARTICLE,
    arabic(
      "<title>عفوا، هذا الموقع محجوب</title>",
      "<h1>هذا الموقع محجوب</h1><p>تم حجب هذا الموقع لمخالفته القوانين والأنظمة المعمول بها.</p>",
    ),
  ],
  [
    "a French refusal",
    "block-page",
    ARTICLE,
    page(
      "<title>Accès refusé</title>",
      "<h1>Accès refusé</h1><p>Votre adresse IP a été bloquée. Merci de contacter l'administrateur du site.</p>",
      'lang="fr"',
    ),
  ],
  [
    "a rate limit",
    "block-page",
    ARTICLE,
    page(
      "<title>429 Too Many Requests</title>",
      "<center><h1>429 Too Many Requests</h1></center><hr><center>nginx</center>",
    ),
  ],
  [
    "a consent wall in English",
    "block-page",
    ARTICLE,
    page(
      "<title>Akhbar</title>",
      "<div class=consent><h2>We value your privacy</h2><p>We and our partners store and/or access information on a device, such as cookies, and process personal data.</p><button>Accept all</button><button>Manage options</button></div>",
    ),
  ],
  [
    "a consent wall in Arabic",
    "block-page",
    ARTICLE,
    arabic(
      "<title>بوابة الساحل</title>",
      "<div><h2>خصوصيتك تهمنا</h2><p>نحن وشركاؤنا نستخدم ملفات تعريف الارتباط لتخزين المعلومات على جهازك.</p><button>موافق</button></div>",
    ),
  ],
  [
    "a consent wall in French",
    "block-page",
    ARTICLE,
    page(
      "<title>Le Rivage</title>",
      "<h2>Avec votre accord</h2><p>Nos partenaires et nous utilisons des cookies ou technologies similaires pour stocker des informations.</p><button>Continuer sans accepter</button>",
      'lang="fr"',
    ),
  ],
  [
    "a login wall",
    "block-page",
    ARTICLE,
    page(
      "<title>Log in - Coast Daily</title>",
      "<h1>Log in</h1><p>You must be logged in to view this page.</p><form method=post><input name=user><input type=password name=pass><button>Log in</button></form><a href=/lost>Forgot your password?</a>",
    ),
  ],
  [
    "an Arabic login wall",
    "block-page",
    ARTICLE,
    arabic(
      "<title>تسجيل الدخول - بوابة الساحل</title>",
      `${MENU}<h1>تسجيل الدخول</h1><p>يجب تسجيل الدخول لعرض هذه الصفحة.</p><form><input name=u><input type=password name=p><button>دخول</button></form><a href=/f>نسيت كلمة المرور؟</a>${FOOTER}`,
    ),
  ],
  [
    "a WordPress login",
    "block-page",
    "https://akhbar.example/wp-login.php?redirect_to=x",
    page(
      "<title>Log In ‹ Coast Daily — WordPress</title>",
      `<div id="login"><h1><a href="https://wordpress.org/">Powered by WordPress</a></h1><form id="loginform"><label>Username or Email Address<input name="log"></label><label>Password<input type="password" name="pwd"></label></form><p><a href="/lost">Lost your password?</a></p></div>`,
    ),
  ],
];

const shells: readonly NoArticle[] = [
  [
    "a React application",
    "empty-shell",
    ARTICLE,
    page(
      "<title>Coast Daily</title>",
      `<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>${SCRIPT}`,
    ),
  ],
  [
    "a Vue application",
    "empty-shell",
    ARTICLE,
    page(
      "<title>بوابة</title>",
      `<noscript><strong>We're sorry but portal doesn't work properly without JavaScript enabled.</strong></noscript><div id="app"></div>${SCRIPT}`,
    ),
  ],
  [
    "an Angular application",
    "empty-shell",
    ARTICLE,
    page("<title>Portal</title>", `<app-root></app-root>${SCRIPT}`),
  ],
  [
    "a Next.js page that draws later",
    "empty-shell",
    ARTICLE,
    page(
      "<title>بوابة الساحل</title>",
      `<div id="__next"><div class="spinner"></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/news/[slug]"}</script>${SCRIPT}`,
    ),
  ],
  [
    "a Nuxt loading bar",
    "empty-shell",
    ARTICLE,
    arabic(
      "<title>بوابة الساحل</title>",
      `<div id="__nuxt"><div>جاري التحميل...</div></div>${SCRIPT}`,
    ),
  ],
  [
    "a Flutter application",
    "empty-shell",
    ARTICLE,
    page("<title>news_app</title>", `<script src="flutter_bootstrap.js" async></script>${SCRIPT}`),
  ],
  [
    "a page that only says JavaScript is needed",
    "empty-shell",
    ARTICLE,
    arabic("<title>بوابة</title>", "<p>يرجى تفعيل جافا سكريبت لعرض الموقع.</p>"),
  ],
];

const missing: readonly NoArticle[] = [
  [
    "a missing page in English",
    "soft-404",
    ARTICLE,
    page(
      "<title>Page not found | Coast Daily</title>",
      "<h1>Page not found</h1><p>It looks like nothing was found at this location. Maybe try a search?</p>",
    ),
  ],
  [
    "a missing page in Arabic with the latest news under it",
    "soft-404",
    ARTICLE,
    arabic(
      "<title>الصفحة غير موجودة - بوابة الساحل</title>",
      `${MENU}<h1>عذرا، الصفحة غير موجودة</h1><p>ربما حُذفت الصفحة التي تبحث عنها أو تغير عنوانها.</p>${LATEST}${FOOTER}`,
    ),
  ],
  [
    "a deleted story in Arabic",
    "soft-404",
    ARTICLE,
    arabic(
      "<title>بوابة الساحل</title>",
      `${MENU}<main><p>الخبر المطلوب غير موجود أو تم حذفه.</p><a href="/">العودة إلى الرئيسية</a></main>${FOOTER}`,
    ),
  ],
  [
    "a deleted story above dated headlines",
    "soft-404",
    ARTICLE,
    arabic(
      "<title>بوابة الساحل</title>",
      `${MENU}<main><p>لم نتمكن من العثور على الخبر.</p></main>${LATEST.replaceAll("</h4>", '</h4><time datetime="2026-02-10">10 فبراير 2026</time>')}`,
    ),
  ],
  [
    "an article number nobody has",
    "soft-404",
    "https://akhbar.example/news.php?id=999999",
    arabic("<title>خطأ</title>", `${MENU}<p>لا يوجد خبر بهذا الرقم.</p>${FOOTER}`),
  ],
  [
    "a missing page in French",
    "soft-404",
    ARTICLE,
    page(
      "<title>Page introuvable - Le Rivage</title>",
      "<h1>Oups ! Page introuvable</h1><p>La page que vous recherchez n'existe pas ou a été déplacée.</p>",
      'lang="fr"',
    ),
  ],
  [
    "a missing page in German",
    "soft-404",
    ARTICLE,
    page(
      "<title>Seite nicht gefunden</title>",
      "<h1>Seite nicht gefunden</h1><p>Diese Seite existiert nicht oder wurde verschoben.</p>",
      'lang="de"',
    ),
  ],
  [
    "a missing page in Italian",
    "soft-404",
    ARTICLE,
    page(
      "<title>Pagina non trovata - Costa</title>",
      "<h1>404</h1><p>La pagina che stai cercando non esiste.</p>",
      'lang="it"',
    ),
  ],
  [
    "a missing page in Turkish",
    "soft-404",
    ARTICLE,
    page(
      "<title>Sayfa bulunamadı</title>",
      "<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa bulunamadı.</p>",
      'lang="tr"',
    ),
  ],
  [
    "a missing page of a server",
    "soft-404",
    ARTICLE,
    page(
      "<title>404 Not Found</title>",
      "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
    ),
  ],
];

const parked: readonly NoArticle[] = [
  [
    "a domain for sale",
    "parked",
    ARTICLE,
    page(
      "<title>akhbar.example is for sale</title>",
      "<h1>akhbar.example</h1><p>The domain name akhbar.example is for sale! Make an offer or buy now at a fixed price.</p>",
    ),
  ],
  [
    "a parking page with adverts",
    "parked",
    ARTICLE,
    page(
      "<title>akhbar.example</title>",
      `<h1>akhbar.example</h1><p>This domain is parked free, courtesy of the registrar.</p><h2>Related Searches</h2><ul><li><a href=/a>News Online</a><li><a href=/b>Cheap Flights</a><li><a href=/c>Online Degree</a></ul><p>Buy this domain</p>${SCRIPT}`,
    ),
  ],
  [
    "an expired domain in Arabic",
    "parked",
    ARTICLE,
    arabic(
      "<title>انتهت صلاحية النطاق</title>",
      "<p>انتهت صلاحية هذا النطاق. إذا كنت مالكه فجدده من لوحة التحكم.</p>",
    ),
  ],
  [
    "a domain for sale in French",
    "parked",
    ARTICLE,
    page(
      "<title>akhbar.example</title>",
      "<p>Ce nom de domaine est à vendre. Contactez le propriétaire.</p>",
      'lang="fr"',
    ),
  ],
  [
    "a suspended account",
    "parked",
    ARTICLE,
    page(
      "<title>Account Suspended</title>",
      "<h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p>",
    ),
  ],
  [
    "a server's first page",
    "parked",
    "https://akhbar.example/",
    page(
      "<title>Welcome to nginx!</title>",
      "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>",
    ),
  ],
  [
    "maintenance in English",
    "maintenance",
    ARTICLE,
    page(
      "<title>Maintenance mode</title>",
      "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience. Our site is currently undergoing scheduled maintenance.</p>",
    ),
  ],
  [
    "maintenance in Arabic",
    "maintenance",
    ARTICLE,
    arabic(
      "<title>الموقع تحت الصيانة</title>",
      "<h1>نعمل على تطوير الموقع</h1><p>الموقع تحت الصيانة حاليا، سنعود قريبا.</p>",
    ),
  ],
  [
    "WordPress during an update",
    "maintenance",
    ARTICLE,
    page(
      "<title>Maintenance</title>",
      "<h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1>",
    ),
  ],
  [
    "maintenance in French",
    "maintenance",
    ARTICLE,
    page(
      "<title>Site en maintenance</title>",
      "<h1>Site en maintenance</h1><p>Nous revenons très bientôt.</p>",
      'lang="fr"',
    ),
  ],
  [
    "a database that is down",
    "maintenance",
    ARTICLE,
    page("<title>Database Error</title>", "<h1>Error establishing a database connection</h1>"),
  ],
];

const casino = (count: number): string =>
  Array.from(
    { length: count },
    (_, nth) =>
      `<p>Slot gacor online casino number ${nth} offers free spins, a welcome bonus and jackpot slots every day. Play roulette, blackjack and poker at the best online casino with fast payout and sports betting odds.</p>`,
  ).join("");
const spam: readonly NoArticle[] = [
  [
    "a casino's text on a ministry's page",
    "spam",
    "https://moh.example.ly/index.php/slot-gacor/",
    page(
      "<title>Slot Gacor Online Casino Free Spins Bonus</title>",
      `${MENU}<article><h1>Slot Gacor Online Casino Free Spins Bonus</h1>${casino(8)}</article>`,
    ),
  ],
  [
    "a pharmacy's text on a university's page",
    "spam",
    "https://uni.example.ly/news/123",
    page(
      "<title>Buy Viagra Online Without Prescription</title>",
      `<article><h1>Buy Viagra Online Without Prescription</h1>${"<p>Buy cheap viagra and cialis online without prescription. Our online pharmacy ships generic viagra, levitra and tramadol overnight. Order cialis online at the lowest price with a discount.</p>".repeat(6)}</article>`,
    ),
  ],
  [
    "Japanese shop text on an Arabic page",
    "spam",
    "https://baladiya.example.ly/2026/03/item-88123.html",
    page(
      "<title>【送料無料】ブランド バッグ 激安 通販 正規品 - بلدية الساحل</title>",
      `<article><h1>【送料無料】ブランド バッグ 激安 通販 正規品</h1>${"<p>当店では人気ブランドのバッグや財布を激安価格で販売しております。送料無料、正規品保証、楽天ランキング入賞の商品を多数取り揃えております。在庫あり、即日発送、最安値に挑戦中です。</p>".repeat(6)}</article>`,
      'lang="ja"',
    ),
  ],
  [
    "hidden betting links in Turkish",
    "spam",
    "https://gov.example.ly/deneme-bonusu",
    page(
      "<title>Deneme Bonusu Veren Siteler 2026 | Canlı Bahis</title>",
      `<article><h1>Deneme Bonusu Veren Siteler 2026</h1>${"<p>Deneme bonusu veren siteler arasında en güvenilir bahis siteleri ve canlı casino siteleri burada. Kaçak bahis, slot oyunları ve çevrimsiz deneme bonusu için güncel giriş adresi.</p>".repeat(6)}</article>`,
      'lang="tr"',
    ),
  ],
  [
    "Indonesian gambling on a court's page",
    "spam",
    "https://court.example.ly/wp-content/judi/",
    page(
      "<title>Situs Judi Slot Online Gacor Terpercaya</title>",
      `<article><h1>Situs Judi Slot Online Gacor Terpercaya</h1>${"<p>Daftar situs judi slot online gacor hari ini dengan RTP slot tertinggi dan maxwin. Link alternatif situs slot deposit pulsa, togel online dan judi bola terpercaya.</p>".repeat(6)}</article>`,
      'lang="id"',
    ),
  ],
];

export const NO_ARTICLES: readonly NoArticle[] = [
  ...walls,
  ...shells,
  ...missing,
  ...parked,
  ...spam,
];
