"""The same work in Scrapy: sitemap → pages → title, category, body → SQLite with gzipped HTML and FTS5.

scrapy runspider spider.py -a origins=http://…,http://… -a db=out.db
"""
import gzip
import sqlite3

from scrapy.spiders import SitemapSpider


class News(SitemapSpider):
    name = "news"
    sitemap_rules = [("/khabar-", "parse_article")]
    custom_settings = {
        "LOG_LEVEL": "ERROR",
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "DOWNLOAD_DELAY": 0,
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, origins="", db="scrapy.db", **kwargs):
        super().__init__(**kwargs)
        self.sitemap_urls = [origin + "/sitemap.xml" for origin in origins.split(",")]
        self.db = sqlite3.connect(db)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("CREATE TABLE pages(url TEXT PRIMARY KEY, title, category, body, html BLOB)")
        self.db.execute("CREATE VIRTUAL TABLE search USING fts5(title, body)")
        self.count = 0

    def parse_article(self, response):
        title = response.css("h1.entry-title::text").get()
        category = response.css(".post-cat-wrap a::text").get()
        body = "\n\n".join(
            "".join(p.css("::text").getall()).strip() for p in response.css(".entry-content > p")
        )
        html = gzip.compress(response.body, 6)
        self.db.execute(
            "INSERT INTO pages VALUES(?,?,?,?,?)", (response.url, title, category, body, html)
        )
        self.db.execute("INSERT INTO search VALUES(?,?)", (title, body))
        self.count += 1
        if self.count % 20 == 0:  # the group commit warraq does
            self.db.commit()

    def closed(self, reason):
        self.db.commit()
        self.db.close()
