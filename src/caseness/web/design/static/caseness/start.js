// Starts what the design system does with scripts. Every page works without.
import { initAll } from "../vendor/nhsuk/nhsuk-frontend.min.js";

initAll();
