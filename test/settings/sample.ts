/** A file that uses every section: what the README's example would be, written out. */
export const SAMPLE = `mode: reply                    # observe | label | reply
acknowledge: useful
language: auto
labels:
  bug: bug
  feature: enhancement
  security: null
  needsInfo: needs-info
  priorities: [P0, P1, P2, P3]
classification: { targetPrecision: 0.85, learn: true, ignoreLabels: [wontfix], quietPeriod: 5m }
knowledge:
  sources: ["README.md", "docs/**/*.md"]
  repositories: [octo-org/handbook]
  reply: { targetPrecision: 0.85, links: 3 }
duplicates: { enabled: true, targetPrecision: 0.85, repositories: [], close: false }
plans:
  - name: gold
    mode: subscription
    price: { amount: 100, currency: USD, per: month }
    members: { logins: [monalisa], organizations: [acme], teams: [acme/customers], file: members.csv }
    sponsors: { minimumMonthlyDollars: 100, accounts: [] }
    credits: null
    covers: [bug, question, performance]
    weight: 1
    sla: { firstResponse: 4h, nextResponse: 1d, resolution: 5d }
    public: false
businessHours: { timezone: Europe/Berlin, days: [mon, tue], from: "09:00", to: "17:00", holidays: [2026-12-25] }
priority:
  weights: { urgency: 0.4, severity: 0.3, history: 0.3 }
  thresholds: [4, 3, 2]
sla: { default: null, byPriority: { P0: { firstResponse: 1h } }, warnAt: 0.75 }
team:
  - { login: octocat, skills: [networking], capacity: 10, timezone: UTC, away: [{ from: 2026-08-03, to: 2026-08-14 }] }
assignment: { enabled: true, strategy: skills, for: [P0, P1] }
escalation:
  - { at: 0.75, actions: [mention], mention: "@octo-org/support" }
notifications: { slack: [SLACK_URL], email: [], webhooks: [] }
support: { repository: octo-org/support }
lifecycle: { remindAfter: 14d, closeAfter: null, heartbeat: 6h }
satisfaction:
  polling: [1h, 1d, 7d, 30d]
  positive: ["+1", heart]
  negative: ["-1", confused]
  survey: { onClose: false, everyDays: 90 }
reports: { schedule: weekly, pin: false, label: support-report, language: en }
costs: { technical: 10, people: 20, administration: 30, currency: EUR }
privacy: { retentionDays: 400, notice: null }
messages: { greeting: { en: "Hello {login}" } }
`;
