// The tests evaluate their functions in this worker, and find the API under this name.
exports.activate = () => {
  globalThis.vscode = require('vscode');
};
