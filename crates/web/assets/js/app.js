// What the pages do beyond what they do without script. Each module looks for its own marks and does nothing
// where there are none.
import { copying } from "./copy.js";
import { drafts } from "./draft.js";
import { keyboard } from "./keys.js";
import { live } from "./live.js";
import { queue } from "./queue.js";

copying();
drafts();
keyboard();
queue();
live();
