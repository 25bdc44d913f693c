/**
 * The story's tickets: real reports from public trackers, told again in our own words about a made-up terminal
 * dashboard, Lantern. `ends` is how each must stand when the story is over.
 */
export interface StoryTicket {
  as: string;
  where: "issue" | "discussion";
  category?: string;
  labels?: string[];
  title: string;
  body: string;
  /** What people do afterwards, in order. */
  next?: Step[];
  ends: Ending;
}

export type Step =
  | { do: "comment"; as: string; body: string }
  | { do: "edit"; as: string; body: string }
  | { do: "unlabel"; as: string; label: string }
  | { do: "close" | "reopen"; as: string };

export interface Ending {
  labels: string[];
  /** What our one comment is about; null: we stay silent. */
  comment: "asks for details" | "has all it asked for" | "points to private reporting" | "steps back" | null;
  /** The point of this ticket, as the table tells it. */
  shows: string;
}

export const TICKETS: StoryTicket[] = [
  {
    as: "mona",
    where: "issue",
    title: "Crash when a widget is removed while it is being refreshed",
    body: `### Version

3.2.1

### What happened?

Lantern exits with a stack trace as soon as I remove a widget whose refresh is still running.

\`\`\`
TypeError: Cannot read properties of undefined (reading 'rows')
    at Layout.measure (layout.js:212:18)
    at Widget.refresh (widget.js:77:9)
\`\`\`

### Steps to reproduce

1. Open a board with a slow data source
2. Press r to refresh
3. Press x on the same widget before the spinner stops

### Operating system

Ubuntu 24.04`,
    ends: { labels: ["bug"], comment: null, shows: "a complete report is labelled, and nobody is disturbed" },
  },
  {
    as: "hubot-user",
    where: "issue",
    title: "Bug: charts are broken after the update",
    body: "Since the last update the charts do not draw any more and there is an error in the corner. It worked before. Please fix this bug.",
    next: [
      {
        do: "comment",
        as: "hubot-user",
        body: "Sorry! It is version 3.2.0 on Windows 11. Steps to reproduce: start lantern with the demo board, press c.",
      },
    ],
    ends: {
      labels: ["bug"],
      comment: "has all it asked for",
      shows: "what is missing is asked for once; the answer clears it",
    },
  },
  {
    as: "kenji",
    where: "issue",
    title: "起動時にクラッシュする",
    body: "アップデートしてから、起動するとすぐにエラーでクラッシュします。以前は正常に動いていました。バグだと思います。修正をお願いします。",
    ends: {
      labels: ["needs-info", "bug"],
      comment: "asks for details",
      shows: "asked in the reporter's own language",
    },
  },
  {
    as: "lucia",
    where: "issue",
    title: "Feature request: export a board as PNG",
    body: "It would be great if a board could be exported as a PNG or SVG image, so that I can put it into our weekly report. At the moment I take screenshots by hand. I would like a command such as `lantern export board.png`, and an option for the size.",
    ends: { labels: ["enhancement"], comment: null, shows: "a wish is labelled quietly" },
  },
  {
    as: "tomas",
    where: "discussion",
    category: "Q&A",
    title: "How do I use two data sources in one widget?",
    body: "Hi, I have a Prometheus server and a plain CSV file. Is it possible to show both in one chart? I read the manual but could not find how to do it. Can anybody help me, what is the best way to join them?",
    ends: { labels: ["question"], comment: null, shows: "discussions are served like issues" },
  },
  {
    as: "amelie",
    where: "discussion",
    category: "Ideas",
    title: "Support themes that follow the terminal's own colours",
    body: "I would like Lantern to support a theme that uses the sixteen colours of the terminal. It would be nice to have this as an option in the settings, so that light and dark terminals both look right without a second config file.",
    ends: { labels: ["enhancement"], comment: null, shows: "an idea in a discussion gets its label too" },
  },
  {
    as: "priya",
    where: "issue",
    title: "Docs: the page about key bindings still lists the old keys",
    body: "The documentation page on key bindings says that Ctrl-W closes a widget, but since 3.0 it is x. The README has the same mistake. The table in the docs should be updated, and there is a typo in its heading too.",
    ends: { labels: ["documentation"], comment: null, shows: "documentation is told from bugs" },
  },
  {
    as: "whitehat",
    where: "issue",
    title: "Remote code execution through a crafted board file",
    body: "An attacker can put a template into a shared board file which is evaluated on load, so opening it gives arbitrary code execution. I have a working exploit and a proof of concept, and can send both.",
    ends: {
      labels: [],
      comment: "points to private reporting",
      shows: "nothing is quoted or labelled; maintainers are told in private",
    },
  },
  {
    as: "noor",
    where: "issue",
    title: "Something",
    body: "Please see the picture.",
    ends: { labels: [], comment: null, shows: "unsure, so silent: no label, no comment" },
  },
  {
    as: "release-bot[bot]",
    where: "issue",
    title: "Release 3.2.2 checklist",
    body: "- [ ] Update the changelog\n- [ ] Tag the release",
    ends: { labels: [], comment: null, shows: "bots are left alone" },
  },
  {
    as: "maria",
    where: "issue",
    labels: ["question"],
    title: "Crash report from a customer, is this known?",
    body: "A customer's Lantern 3.1.0 crashes on start with an error in the log. Is this a known bug?",
    ends: {
      labels: ["question"],
      comment: null,
      shows: "a label that a maintainer chose stays the only one",
    },
  },
  {
    as: "oleg",
    where: "issue",
    title: "Ошибка: приложение падает при открытии большого файла",
    body: "Версия 3.2.1, Linux. При открытии файла больше 2 ГБ приложение падает с ошибкой. Шаги для воспроизведения: открыть файл, нажать Enter. Ожидается, что файл откроется. Это баг.\n\n```\nRangeError: Invalid array length\n    at Reader.open (reader.js:41:12)\n```",
    next: [{ do: "unlabel", as: "maria", label: "bug" }],
    ends: { labels: [], comment: null, shows: "a maintainer took the label off: it never comes back" },
  },
  {
    as: "sven",
    where: "issue",
    title: "Fehler: Das Programm stürzt beim Speichern ab",
    body: "Beim Speichern stürzt das Programm mit einer Fehlermeldung ab. Früher ging es ohne Probleme. Das ist ein Bug, bitte beheben.",
    next: [{ do: "comment", as: "sven", body: "/not-helpful" }],
    ends: {
      labels: ["bug", "needs-human"],
      comment: "steps back",
      shows: "the reporter says it does not help: people take over",
    },
  },
  {
    as: "jin",
    where: "issue",
    title: "Crash on startup when there is no configuration file",
    body: "Version 3.2.1 on macOS 15. Steps to reproduce: run lantern without a config file. Expected: it starts with an empty board. Actual: it crashes with this error and exits. This worked in 3.1.\n\n```\nError: ENOENT: no such file or directory, open 'lantern.toml'\n    at Config.load (config.js:12:9)\n```",
    next: [
      { do: "close", as: "jin" },
      { do: "reopen", as: "jin" },
      {
        do: "edit",
        as: "jin",
        body: "Version 3.2.1 on macOS 15. Steps to reproduce: run lantern without a config file. It still crashes with the error below.\n\n```\nError: ENOENT: no such file or directory, open 'lantern.toml'\n    at Config.load (config.js:12:9)\n```",
      },
    ],
    ends: {
      labels: ["bug"],
      comment: null,
      shows: "closed, reopened, edited: still one label, still no noise",
    },
  },
];
