// The snippet of the testing guide is a test file itself.
import "../../examples/snippets/shop-tests.js";
