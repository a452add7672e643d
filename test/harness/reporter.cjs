// Mocha's "spec" reporter that also writes its counts as JSON to the file named in COUNTS_FILE.
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");

module.exports = class extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(process.env.COUNTS_FILE, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
