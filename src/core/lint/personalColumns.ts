/** What a column that looks personal seems to hold, as a sentence says it. */
export type PersonalKind =
  | "a name"
  | "an e-mail address"
  | "a phone number"
  | "a bank account or card"
  | "a date of birth"
  | "an IP address"
  | "a postal address"
  | "an identity number"
  | "health data";

/**
 * Words and runs of words by which a column is taken for personal; in lower case, without accents, in the languages of the EU that are spoken
 * most and some more. A short or ambiguous word counts only where it is the whole name (`whole`), or in a run that makes it clear.
 */
const WORDS: readonly { readonly kind: PersonalKind; readonly anywhere: string; readonly whole: string }[] = [
  {
    kind: "a name",
    anywhere:
      "firstname|first name|lastname|last name|full name|fullname|surname|given name|family name|middle name|maiden name|user name|username|customer name|client name|person name|patient name|employee name|owner name|contact name|cardholder|card holder|vorname|nachname|familienname|kundenname|prenom|nom de famille|nom client|apellido|apellidos|nombre cliente|nombre completo|cognome|nome cliente|nome completo|sobrenome|imie|nazwisko|voornaam|achternaam|fornamn|efternamn|имя|фамилия",
    whole: "name|names|nom|nombre|nome|naam|navn|namn",
  },
  {
    kind: "an e-mail address",
    anywhere: "email|emails|e mail|mail address|mailadresse|correo|correo electronico|courriel|posta elettronica|почта",
    whole: "mail|mails",
  },
  {
    kind: "a phone number",
    anywhere:
      "phone number|phone no|phone nr|phone num|phonenumber|telephone|telephone number|mobile number|mobile phone|cell phone|cellphone|msisdn|telefon|telefonnummer|handynummer|mobilnummer|telefono|telefone|telefoon|telefoonnummer|numero de telephone|телефон",
    whole: "phone|phones|tel|mobile|handy|fax",
  },
  {
    kind: "a bank account or card",
    anywhere:
      "iban|bank account|account number|kontonummer|credit card number|card number|kreditkartennummer|cuenta bancaria|carte bancaire",
    whole: "pan|bic",
  },
  {
    kind: "a date of birth",
    anywhere:
      "birth date|birthdate|birthday|date of birth|day of birth|birth day|dob|geburtsdatum|geburtstag|date de naissance|fecha de nacimiento|fecha nacimiento|data di nascita|data nascita|data de nascimento|data nascimento|data urodzenia|geboortedatum|fodelsedatum|дата рождения",
    whole: "birth|born|bday",
  },
  {
    kind: "an IP address",
    anywhere:
      "ip address|ip addr|ipaddress|ip adresse|adresse ip|direccion ip|client ip|remote ip|user ip|source ip|src ip|ipv4|ipv6|mac address",
    whole: "ip|ips",
  },
  {
    kind: "a postal address",
    anywhere:
      "home address|postal address|street address|billing address|shipping address|delivery address|customer address|residential address|street name|house number|strasse|straße|hausnummer|anschrift|wohnort|adresse postale|code postal|direccion|domicilio|indirizzo|endereco|adres zamieszkania|адрес",
    whole: "address|addresses|adresse|street|adres|adress",
  },
  {
    kind: "an identity number",
    anywhere:
      "ssn|social security|social security number|passport|passport number|national id|id card number|driver license|drivers license|driving licence|tax id|steuer id|steuernummer|sozialversicherungsnummer|ausweisnummer|personalausweis|codice fiscale|numero de securite sociale|dni|nif|cpf|pesel|bsn|personnummer|cpr nummer|imei|imsi",
    whole: "nir|nie",
  },
  {
    kind: "health data",
    anywhere:
      "diagnosis|diagnoses|diagnose|diagnostic code|diagnostico|diagnosi|icd10|icd 10|icd9|medication|medications|medikament|medikamente|medicament|medicacion|patient|patient id|blood type|blood pressure|blood group|blutgruppe|blutdruck|disease|illness|krankheit|maladie|enfermedad|malattia|symptom|symptoms|disability|behinderung|pregnant|pregnancy|schwanger|hiv|allergy|allergies|health status|health condition|medical history|bmi|диагноз",
    whole: "health|treatment",
  },
];

/** Scripts without spaces: found anywhere in the name. */
const UNSPACED: readonly (readonly [PersonalKind, readonly string[]])[] = [
  ["a name", ["姓名", "氏名", "名字", "이름"]],
  ["an e-mail address", ["邮箱", "電子郵件", "メール", "이메일"]],
  ["a phone number", ["电话", "電話", "手机号", "전화"]],
  ["a date of birth", ["生日", "生年月日", "出生日期", "생년월일"]],
  ["a postal address", ["住所", "地址", "주소"]],
  ["health data", ["诊断", "診断", "病名"]],
];

/** Words that make a count, a share or a setting of what else would be personal: `email_opens_30d`, `num_emails`, `phone_number_ratio`. */
const MEASURES =
  / (?:count|counts|cnt|ratio|rate|share|pct|percent|avg|mean|median|sum|total|opens|opened|clicks|clicked|sent|bounces|bounced|frequency|freq|template|campaign|subject|length|len|anzahl|nombre de|has|is) /;
const COUNTED_FIRST = /^ (?:num|n|nr|no|nb|number of) /;

const MATCHERS = WORDS.map(({ kind, anywhere, whole }) => ({
  kind,
  anywhere: new RegExp(` (?:${anywhere}) `, "u"),
  whole: new RegExp(`^ (?:${whole}) $`, "u"),
}));

/** No column of a person's making is longer. */
const MAX_LENGTH = 200;

/** What a column seems to hold about people, judged by its name alone; undefined where it looks harmless. */
export function personalKind(column: string): PersonalKind | undefined {
  const name = column.slice(0, MAX_LENGTH).normalize("NFC");
  const words = splitWords(name);
  if (MEASURES.test(words) || COUNTED_FIRST.test(words)) {
    return undefined;
  }
  const found = MATCHERS.find(({ anywhere, whole }) => anywhere.test(words) || whole.test(words));
  return found?.kind ?? UNSPACED.find(([, parts]) => parts.some((part) => name.includes(part)))?.[0];
}

/** The words of a name between spaces, with one at each end: `customerEMail_2` becomes " customer e mail ". */
function splitWords(name: string): string {
  const spaced = name
    .replaceAll(/IPv(?=[46])/g, "ipv")
    .replaceAll(/([\p{Ll}])([\p{Lu}])/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ");
  // Accents go for Latin only: in other scripts the mark is part of the letter.
  const plain = spaced.replaceAll(/\p{Script=Latin}/gu, (letter) => letter.normalize("NFD").replaceAll(/\p{M}/gu, ""));
  const words = plain
    .toLowerCase()
    .split(" ")
    .filter((word) => word !== "" && !/^\d+$/.test(word));
  // A trailing number only counts columns (`email2`), unless it belongs to the word (`icd10`, `ipv4`).
  return ` ${words.map((word) => (/^(?:icd|ipv)\d+$/.test(word) ? word : word.replace(/\d+$/, ""))).join(" ")} `;
}
