// Does nothing: see the description in package.json.
exports.activate = () => {};
