import { describe, expect, it } from "@jest/globals";
import { detectLanguage } from "../../src/learning/language.ts";

describe("detectLanguage", () => {
  it.each([
    ["en", "The application crashes when I open the settings"],
    ["de", "Das Programm stürzt beim Öffnen der Einstellungen ab"],
    ["fr", "L'application plante quand j'ouvre les paramètres"],
    ["es", "La aplicación se cierra cuando abro la configuración"],
    ["pt", "O aplicativo não abre quando clico nas configurações"],
    ["ja", "設定を開くとアプリがクラッシュします"],
    ["zh", "打开设置时应用程序崩溃"],
    ["ko", "설정을 열면 앱이 충돌합니다"],
    ["ru", "Приложение падает при открытии настроек"],
    ["en", ""],
    ["en", "🎉 123 !!"],
  ])("sees %s in %j", (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
