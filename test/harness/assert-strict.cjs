// Node's "node:assert/strict" where there is no Node: the port to browsers has it as a property.
module.exports = require("assert").strict;
