// Sends the answer on its way to the app (OAuth 2.0 Form Post Response Mode §2). Without this file
// the page's button does it.
"use strict";

document.getElementById("form-post").submit();
