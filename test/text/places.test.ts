import { expect, test } from "vitest";
import { findPlaces, placeNamed } from "../../src/text/index.ts";

test.each([
  ["a name in another spelling", "وصل إلى مصراته اليوم", ["مصراتة"]],
  ["particles written onto a name", "وبمصراتة وللبريقة", ["مصراتة", "البريقة"]],
  ["a name of two words", "معبر رأس اجدير مغلق", ["رأس جدير"]],
  ["the most named first", "سبها ثم درنة ثم درنة", ["درنة", "سبها"]],
  ["in Latin letters", "The road from Misurata to Bani Walid", ["مصراتة", "بني وليد"]],
  ["a word that is a place too", "الصلوات الخمس في وقتها", []],
  ["… with a cue", "صيانة طريق مدينة الخمس", ["الخمس"]],
  ["… named twice", "الزاوية تستقبل وفدا، وأهل الزاوية يرحبون", ["الزاوية"]],
  ["… once, without a cue", "نظر من الزاوية اليمنى", []],
  ["a cornerstone is none", "حجر الزاوية ثم حجر الزاوية", []],
  ["Casablanca is not Bayda", "في الدار البيضاء وفي الدار البيضاء", []],
  ["a namesake abroad", "طرابلس شمال لبنان تستقبل، وطرابلس اللبنانية", []],
  ["a namesake with a sign of Libya", "قال مسؤول ليبي إن طرابلس هادئة", ["طرابلس"]],
  ["a namesake beside another place", "بين طرابلس وبنغازي", ["طرابلس", "بنغازي"]],
  ["a namesake alone", "رحلة إلى سوسة", []],
  ["part of a longer word", "المصراتي", []],
])("%s", (_, text, places) => {
  expect(findPlaces(text)).toEqual(places);
});

test.each([
  ["مصراته", "مصراتة"],
  ["Misurata", "مصراتة"],
  ["راس اجدير", "رأس جدير"],
  ["باريس", null],
])("%s is called %s", (text, name) => {
  expect(placeNamed(text)).toBe(name);
});
