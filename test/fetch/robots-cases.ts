/**
 * What robots.txt files mean, written after RFC 9309 and the behaviour Google publishes for its
 * parser. Each file with the paths it allows and the paths it forbids to the agent `warraq`
 * (or to the one named).
 */
export interface RobotsCase {
  readonly rule: string;
  readonly robots: string;
  readonly agent?: string;
  readonly allows?: readonly string[];
  readonly forbids?: readonly string[];
}

export const robotsCases: readonly RobotsCase[] = [
  // groups and agents (RFC 9309 §2.2.1)
  { rule: "an empty file allows everything", robots: "", allows: ["/", "/a", "/a?b=c"] },
  {
    rule: "a file of comments allows everything",
    robots: "# nothing\n#Disallow: /\n",
    allows: ["/", "/a"],
  },
  {
    rule: "the star group binds everybody",
    robots: "User-agent: *\nDisallow: /x",
    allows: ["/", "/y"],
    forbids: ["/x", "/x/y", "/xy", "/x?y"],
  },
  {
    rule: "an own group replaces the star group",
    robots: "User-agent: *\nDisallow: /\n\nUser-agent: warraq\nDisallow: /x",
    allows: ["/", "/y"],
    forbids: ["/x"],
  },
  {
    rule: "an own group replaces the star group in either order",
    robots: "User-agent: warraq\nDisallow: /x\n\nUser-agent: *\nDisallow: /",
    allows: ["/y"],
    forbids: ["/x"],
  },
  {
    rule: "an own group without rules allows everything",
    robots: "User-agent: *\nDisallow: /\n\nUser-agent: warraq\nDisallow:",
    allows: ["/", "/x"],
  },
  {
    rule: "a group of another agent is not ours",
    robots: "User-agent: otherbot\nDisallow: /",
    allows: ["/", "/x"],
  },
  {
    rule: "agents are compared without case",
    robots: "User-Agent: WARRAQ\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "our own name is compared without case",
    agent: "WarRaq",
    robots: "user-agent: warraq\ndisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "a version after the token is ignored",
    robots: "User-agent: warraq/1.0\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "words after the token are ignored",
    robots: "User-agent: WARRAQ BOT\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "the second word is not the token",
    robots: "User-agent: BOT WARRAQ\nDisallow: /x",
    allows: ["/x"],
  },
  {
    rule: "a longer token is another agent",
    robots: "User-agent: warraq-images\nDisallow: /x",
    allows: ["/x"],
  },
  {
    rule: "a shorter token is another agent",
    robots: "User-agent: warr\nDisallow: /x",
    allows: ["/x"],
  },
  {
    rule: "a token with hyphen and underscore is one token",
    agent: "news_bot-x",
    robots: "User-agent: news_bot-x\nDisallow: /x",
    forbids: ["/x"],
  },
  {
    rule: "several agents share the rules that follow",
    robots: "User-agent: a\nUser-agent: warraq\nUser-agent: b\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "blank lines do not part agents from their rules",
    robots: "User-agent: warraq\n\n\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "blank lines do not end a group",
    robots: "User-agent: warraq\nDisallow: /x\n\nDisallow: /y",
    forbids: ["/x", "/y"],
    allows: ["/z"],
  },
  {
    rule: "two groups of one agent are one",
    robots:
      "User-agent: warraq\nDisallow: /x\n\nUser-agent: b\nDisallow: /z\n\nUser-agent: warraq\nDisallow: /y",
    forbids: ["/x", "/y"],
    allows: ["/z"],
  },
  {
    rule: "two star groups are one",
    robots: "User-agent: *\nDisallow: /x\nUser-agent: b\nDisallow: /z\nUser-agent: *\nDisallow: /y",
    forbids: ["/x", "/y"],
    allows: ["/z"],
  },
  {
    rule: "rules before the first agent are nobody's",
    robots: "Disallow: /x\nUser-agent: *\nDisallow: /y",
    allows: ["/x"],
    forbids: ["/y"],
  },
  {
    rule: "a star followed by words is the star",
    robots: "User-agent: * everyone\nDisallow: /x",
    forbids: ["/x"],
  },
  {
    rule: "a star inside a word is no star",
    robots: "User-agent: *bot\nDisallow: /x",
    allows: ["/x"],
  },
  { rule: "an empty agent is nobody", robots: "User-agent:\nDisallow: /x", allows: ["/x"] },
  {
    rule: "a sitemap line does not end the list of agents",
    robots: "User-agent: warraq\nSitemap: https://e.ly/s.xml\nUser-agent: b\nDisallow: /x",
    forbids: ["/x"],
  },
  {
    rule: "an unknown line does not end the list of agents",
    robots: "User-agent: warraq\nNoindex: /y\nUser-agent: b\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "a crawl delay does not end the list of agents",
    robots: "User-agent: warraq\nCrawl-delay: 5\nUser-agent: b\nDisallow: /x",
    forbids: ["/x"],
  },
  {
    rule: "an empty rule ends the list of agents",
    robots: "User-agent: warraq\nDisallow:\nUser-agent: b\nDisallow: /x",
    allows: ["/x"],
  },
  {
    rule: "a sitemap inside a group does not end it",
    robots: "User-agent: *\nDisallow: /x\nSitemap: https://e.ly/s.xml\nDisallow: /y",
    forbids: ["/x", "/y"],
  },
  // which rule decides (§2.2.2)
  {
    rule: "the longest match decides",
    robots: "User-agent: *\nDisallow: /a\nAllow: /a/b",
    allows: ["/a/b", "/a/bc", "/a/b/c"],
    forbids: ["/a", "/a/c"],
  },
  {
    rule: "the longest match decides in either order",
    robots: "User-agent: *\nAllow: /a/b\nDisallow: /a",
    allows: ["/a/b"],
    forbids: ["/a/c"],
  },
  {
    rule: "a longer refusal inside an allowed folder decides",
    robots: "User-agent: *\nAllow: /a\nDisallow: /a/b",
    allows: ["/a", "/a/c"],
    forbids: ["/a/b"],
  },
  {
    rule: "allow wins a tie",
    robots: "User-agent: *\nDisallow: /a\nAllow: /a",
    allows: ["/a", "/ab"],
  },
  {
    rule: "allow wins a tie in either order",
    robots: "User-agent: *\nAllow: /a\nDisallow: /a",
    allows: ["/a"],
  },
  {
    rule: "everything but one folder",
    robots: "User-agent: *\nDisallow: /\nAllow: /news/",
    allows: ["/news/", "/news/1"],
    forbids: ["/", "/news", "/x"],
  },
  {
    rule: "a wildcard counts with its characters",
    robots: "User-agent: *\nAllow: /page\nDisallow: /*.htm",
    allows: ["/page"],
    forbids: ["/page.htm", "/x.htm"],
  },
  {
    rule: "an exact home page beats a refusal of all",
    robots: "User-agent: *\nAllow: /$\nDisallow: /",
    allows: ["/"],
    forbids: ["/page.htm", "/x"],
  },
  {
    rule: "a short allow loses against a longer pattern",
    robots: "User-agent: *\nAllow: /p\nDisallow: /*/secret",
    allows: ["/p", "/pub/open"],
    forbids: ["/pub/secret"],
  },
  {
    rule: "an empty disallow forbids nothing",
    robots: "User-agent: *\nDisallow:",
    allows: ["/", "/a"],
  },
  {
    rule: "an empty allow permits nothing",
    robots: "User-agent: *\nDisallow: /a\nAllow:",
    forbids: ["/a"],
  },
  {
    rule: "the file itself may always be read",
    robots: "User-agent: *\nDisallow: /",
    allows: ["/robots.txt"],
    forbids: ["/robots.txt.bak", "/robots"],
  },
  // how patterns match (§2.2.2, §2.2.3)
  {
    rule: "a pattern is a beginning",
    robots: "User-agent: *\nDisallow: /fish",
    forbids: ["/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish?id=1"],
    allows: ["/Fish.asp", "/catfish", "/?id=fish"],
  },
  {
    rule: "a final star changes nothing",
    robots: "User-agent: *\nDisallow: /fish*",
    forbids: ["/fish", "/fish.html", "/fishheads/yummy"],
    allows: ["/Fish", "/catfish"],
  },
  {
    rule: "a final slash means the folder",
    robots: "User-agent: *\nDisallow: /fish/",
    forbids: ["/fish/", "/fish/?id=1", "/fish/salmon"],
    allows: ["/fish", "/fish.html"],
  },
  {
    rule: "a star is any run of characters",
    robots: "User-agent: *\nDisallow: /*.php",
    forbids: ["/index.php", "/a/b.php", "/b.php?x", "/c.php.d"],
    allows: ["/", "/index.PHP"],
  },
  {
    rule: "a final dollar is the end",
    robots: "User-agent: *\nDisallow: /*.php$",
    forbids: ["/f.php", "/a/f.php"],
    allows: ["/f.php?x", "/f.php/", "/f.php5", "/php"],
  },
  {
    rule: "stars and text in turn",
    robots: "User-agent: *\nDisallow: /fish*.php",
    forbids: ["/fish.php", "/fishheads/cat.php?p"],
    allows: ["/Fish.PHP", "/fish/x"],
  },
  {
    rule: "a dollar elsewhere is a dollar",
    robots: "User-agent: *\nDisallow: /a$b",
    forbids: ["/a$b", "/a$bc"],
    allows: ["/a", "/ab"],
  },
  {
    rule: "an escaped dollar at the end is a dollar",
    robots: "User-agent: *\nDisallow: /a%24",
    forbids: ["/a$", "/a$b", "/a%24"],
    allows: ["/a"],
  },
  {
    rule: "an escaped star is a star",
    robots: "User-agent: *\nDisallow: /a%2Ab",
    forbids: ["/a*b", "/a%2ab"],
    allows: ["/axb"],
  },
  {
    rule: "a star may stand first",
    robots: "User-agent: *\nDisallow: *.pdf$",
    forbids: ["/a.pdf", "/x/y.pdf"],
    allows: ["/a.pdf?x"],
  },
  {
    rule: "many stars in a row are one",
    robots: "User-agent: *\nDisallow: /a***b",
    forbids: ["/ab", "/axxb"],
    allows: ["/a"],
  },
  { rule: "a lone star is everything", robots: "User-agent: *\nDisallow: *", forbids: ["/", "/a"] },
  {
    rule: "an anchored star is everything",
    robots: "User-agent: *\nDisallow: /*$",
    forbids: ["/", "/a?b"],
  },
  {
    rule: "the last piece must fit after the others",
    robots: "User-agent: *\nDisallow: /a*aa$",
    forbids: ["/aaa", "/abaa"],
    allows: ["/aa", "/a"],
  },
  {
    rule: "a pattern without slash matches no path",
    robots: "User-agent: *\nDisallow: fish",
    allows: ["/fish", "/"],
  },
  {
    rule: "paths keep their letter case",
    robots: "User-agent: *\nDisallow: /Private/",
    forbids: ["/Private/"],
    allows: ["/private/"],
  },
  {
    rule: "the query belongs to the path",
    robots: "User-agent: *\nDisallow: /*?replytocom=",
    forbids: ["/a?replytocom=5"],
    allows: ["/a", "/a?x=1&replytocom=5"],
  },
  {
    rule: "a question mark is no wildcard",
    robots: "User-agent: *\nDisallow: /a?b",
    forbids: ["/a?b", "/a?bc"],
    allows: ["/axb", "/ab"],
  },
  {
    rule: "a dot is no wildcard",
    robots: "User-agent: *\nDisallow: /a.b",
    forbids: ["/a.b"],
    allows: ["/axb"],
  },
  {
    rule: "brackets and pluses are themselves",
    robots: "User-agent: *\nDisallow: /a[1]+(b)",
    forbids: ["/a[1]+(b)"],
    allows: ["/a1b"],
  },
  {
    rule: "an allowed index page allows its folder",
    robots: "User-agent: *\nDisallow: /\nAllow: /a/index.html",
    allows: ["/a/index.html", "/a/"],
    forbids: ["/a", "/a/x"],
  },
  {
    rule: "an allowed index.htm allows its folder",
    robots: "User-agent: *\nDisallow: /a/\nAllow: /a/index.htm",
    allows: ["/a/", "/a/index.htm"],
    forbids: ["/a/b"],
  },
  {
    rule: "a forbidden index page forbids only itself",
    robots: "User-agent: *\nDisallow: /a/index.html",
    forbids: ["/a/index.html"],
    allows: ["/a/"],
  },
  // escapes (§2.2.2)
  {
    rule: "raw Arabic in a rule meets the escaped URL",
    robots: "User-agent: *\nDisallow: /أخبار/",
    forbids: ["/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/", "/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/1"],
    allows: ["/%D8%A3%D8%AE", "/"],
  },
  {
    rule: "lower-case escapes meet upper-case ones",
    robots: "User-agent: *\nDisallow: /%d8%a3",
    forbids: ["/%D8%A3", "/%d8%a3x"],
    allows: ["/%D8%A4"],
  },
  {
    rule: "upper-case escapes meet lower-case ones",
    robots: "User-agent: *\nDisallow: /%D8%A3",
    forbids: ["/%d8%a3"],
  },
  {
    rule: "escaped plain letters are letters",
    robots: "User-agent: *\nDisallow: /%62%61%7A",
    forbids: ["/baz", "/%62az"],
    allows: ["/bar"],
  },
  {
    rule: "plain letters meet escaped ones",
    robots: "User-agent: *\nDisallow: /baz",
    forbids: ["/%62%61%7a"],
  },
  {
    rule: "an escaped slash is no slash",
    robots: "User-agent: *\nDisallow: /a%2Fb",
    forbids: ["/a%2fb"],
    allows: ["/a/b"],
  },
  {
    rule: "escaped reserved characters stay escaped",
    robots: "User-agent: *\nDisallow: /x?u=https%3A%2F%2Fe.ly",
    forbids: ["/x?u=https%3a%2f%2fe.ly"],
    allows: ["/x?u=https://e.ly"],
  },
  {
    rule: "a broken escape is itself",
    robots: "User-agent: *\nDisallow: /100%",
    forbids: ["/100%", "/100%zz"],
    allows: ["/100"],
  },
  // lines in the wild
  {
    rule: "a byte order mark is skipped",
    robots: "\ufeffUser-agent: *\nDisallow: /x",
    forbids: ["/x"],
  },
  {
    rule: "lines may end in CRLF",
    robots: "User-agent: *\r\nDisallow: /x\r\nDisallow: /y\r\n",
    forbids: ["/x", "/y"],
    allows: ["/z"],
  },
  {
    rule: "lines may end in CR",
    robots: "User-agent: *\rDisallow: /x\rDisallow: /y",
    forbids: ["/x", "/y"],
    allows: ["/z"],
  },
  { rule: "the last line needs no end", robots: "User-agent: *\nDisallow: /x", forbids: ["/x"] },
  {
    rule: "a comment after a rule is no part of it",
    robots: "User-agent: * # all\nDisallow: /x # secret",
    forbids: ["/x", "/x/y"],
  },
  {
    rule: "a comment touching a rule is no part of it",
    robots: "User-agent: *\nDisallow: /x#y",
    forbids: ["/x", "/xz"],
  },
  {
    rule: "white space around keys and values is nothing",
    robots: "  User-agent :  *  \n\tDisallow\t:\t/x\t",
    forbids: ["/x"],
    allows: ["/y"],
  },
  { rule: "no space after the colon", robots: "User-agent:*\nDisallow:/x", forbids: ["/x"] },
  {
    rule: "keys have no letter case",
    robots: "USER-AGENT: *\ndISALLOW: /x\nALLOW: /x/y",
    forbids: ["/x"],
    allows: ["/x/y"],
  },
  {
    rule: "the colon may be missing",
    robots: "user-agent warraq\ndisallow /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "without colon, two values are no rule",
    robots: "user-agent warraq\ndisallow /x /y",
    allows: ["/x", "/y"],
  },
  { rule: "useragent is user-agent", robots: "Useragent: warraq\nDisallow: /x", forbids: ["/x"] },
  {
    rule: "user agent with a space is user-agent",
    robots: "User Agent: warraq\nDisallow: /x",
    forbids: ["/x"],
  },
  { rule: "dissallow is disallow", robots: "User-agent: *\nDissallow: /x", forbids: ["/x"] },
  { rule: "dissalow is disallow", robots: "User-agent: *\nDissalow: /x", forbids: ["/x"] },
  { rule: "disalow is disallow", robots: "User-agent: *\nDisalow: /x", forbids: ["/x"] },
  { rule: "diasllow is disallow", robots: "User-agent: *\nDiasllow: /x", forbids: ["/x"] },
  { rule: "disallaw is disallow", robots: "User-agent: *\nDisallaw: /x", forbids: ["/x"] },
  {
    rule: "other keys are nothing",
    robots: "User-agent: *\nForbid: /x\nHost: e.ly\nClean-param: a /x",
    allows: ["/x"],
  },
  {
    rule: "a colon in the path belongs to it",
    robots: "User-agent: *\nDisallow: /a:b",
    forbids: ["/a:b"],
    allows: ["/a"],
  },
  {
    rule: "an absolute URL is no path",
    robots: "User-agent: *\nDisallow: https://e.ly/x",
    allows: ["/x", "/"],
  },
  {
    rule: "a page sent instead of the file is no rule",
    robots: "<!doctype html>\n<html><body>404: /x</body></html>",
    allows: ["/", "/x"],
  },
  {
    rule: "binary noise is no rule",
    robots: "\u0000\u0001\ufffd\nUser-agent: *\nDisallow: /x",
    forbids: ["/x"],
    allows: ["/y"],
  },
  {
    rule: "the WordPress default",
    robots:
      "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: https://e.ly/wp-sitemap.xml",
    allows: ["/", "/wp-admin/admin-ajax.php", "/wp-content/a"],
    forbids: ["/wp-admin/", "/wp-admin/options.php"],
  },
];
