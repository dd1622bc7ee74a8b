// The words of the page that the estimator is a guest on, in the languages that it speaks.

const WORDS = {
  en: {
    name: "English",
    fallback: "Prices are on our price list.",
    title: "What our videos cost",
    text: "Choose what you want to make, and see what it will take.",
  },
  de: {
    name: "Deutsch",
    fallback: "Die Preise stehen in unserer Preisliste.",
    title: "Was unsere Videos kosten",
    text: "Wählen Sie, was Sie machen möchten, und sehen Sie, was es kostet.",
  },
  es: {
    name: "Español",
    fallback: "Los precios están en nuestra lista de precios.",
    title: "Cuánto cuestan nuestros vídeos",
    text: "Elija lo que quiere hacer y vea lo que costará.",
  },
  ja: {
    name: "日本語",
    fallback: "料金は料金表をご覧ください。",
    title: "動画の料金",
    text: "作りたい動画を選ぶと、必要な料金がわかります。",
  },
  ar: {
    name: "العربية",
    dir: "rtl",
    fallback: "الأسعار موجودة في قائمة أسعارنا.",
    title: "كم تكلفة مقاطع الفيديو",
    text: "اختر ما تريد إنشاءه، وشاهد تكلفته.",
  },
};

/** Each language with its own name. */
export const LANGUAGES = Object.entries(WORDS).map(([language, { name }]) => [language, name]);

/** The words of a language; those of this page without one. */
export const wordsOf = (language) => WORDS[language] ?? WORDS.en;
