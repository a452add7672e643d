import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsIn } from "./findings.ts";

/** Text, and the language that the rule says. */
const cases: readonly (readonly [string, string | undefined])[] = [
  [
    "# Bericht\n\nDie Angreifer haben sich mit gestohlenen Konten angemeldet und auf dem Server eine Webshell abgelegt. Danach wurden die Daten von den Rechnern der Firma über FTP nach außen gebracht.",
    "German",
  ],
  [
    "# Angriff auf eine Bank\n\nDie Täter schickten Mails mit einem Anhang. Danach lasen sie mit Mimikatz Kennwörter aus LSASS aus.",
    "German",
  ],
  [
    "Les attaquants ont envoyé des messages avec une pièce jointe, et le document a lancé PowerShell sur les postes. Les données ont été chiffrées dans la nuit par un programme qui est connu.",
    "French",
  ],
  [
    "Los atacantes enviaron correos con un archivo a los empleados de la empresa. El archivo fue abierto por una persona, y las contraseñas del servidor fueron robadas desde la red que se usa para los pagos.",
    "Spanish",
  ],
  [
    "Злоумышленники разослали письма с вложением, открыли удалённый доступ к серверу и зашифровали все данные компании.",
    "Cyrillic letters",
  ],
  [
    "攻撃者は社員に添付ファイル付きのメールを送り、開いた端末でコマンドを実行しました。その後サーバーのデータを外部に送信し、ログを消去していたことが調査で分かりました。",
    "Japanese characters",
  ],
  [
    "The attackers, whom the German press calls “die Gruppe mit der Lampe und dem Hut von der Post”, sent mails to the staff of the firm.",
    undefined,
  ],
  ["SQL02: ntdsutil ifm? no. DC01: LSASS dump, done. Host down. Logs gone. Ask Jan.", undefined],
  [
    "- www.example.com\n- das.example.de\n- C:\\die\\der\\und.exe\n- que-se-para.example.com\n- Los Angeles\n- Las Vegas\n",
    undefined,
  ],
  ["The group Медведь sent mails to a firm in Москва.", undefined],
  ["```\nder die das und nicht mit von auf ist eine wurde werden für sich\n```\n\nThey did it.", undefined],
  ["", undefined],
];

describe("rule other-language", () => {
  for (const [text, language] of cases)
    it(`should say ${language ?? "nothing"} of ${JSON.stringify(text.slice(0, 60))}`, () => {
      const found = findingsIn(text).filter(({ rule }) => rule === "other-language");
      assert.deepEqual(
        found.map(({ message }) => /\((.*?)\)/u.exec(message)?.[1]),
        language === undefined ? [] : [language],
      );
    });

  it("should mark the first sentence in that language", () => {
    const text =
      "Summary: see below.\n\nDie Angreifer kamen mit der Post. Sie haben die Daten von dem Server und auf den Rechnern der Firma nicht gelöscht, die Konten wurden für sich nach und nach auch über das Netz benutzt.\n";
    assert.deepEqual(
      findingsIn(text).map(({ start, end }) => text.slice(start, end)),
      ["Die Angreifer kamen mit der Post."],
    );
  });
});
