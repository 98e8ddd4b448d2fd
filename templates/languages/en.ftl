# English. Every message may speak of { $brand }.
# The keys are the same in every file of this folder; a test compares them.

## Every page

title-problem = Check the form:
problems-title = Something needs your attention
field-problem = Problem:
date = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
date-and-time = { $date }, { $hour }:{ $minute } UTC
ago-now = just now
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
foot-languages = Language
foot-help = Help
foot-privacy = Privacy
foot-terms = Terms
foot-trace = Reference

## The app that brought you here

errand = You are signing in to
app-links = About { $app }
app-home = Website
app-privacy = Privacy policy
app-terms = Terms
app-contact = Contact the developer
app-report = Report this app
trust-own = Made by { $brand }
trust-own-means = This is one of our own services.
trust-publisher = Publisher verified: { $host }
trust-publisher-means = We checked who publishes this app and that they own this domain. That is not a recommendation.
trust-domain = Domain verified: { $host }
trust-domain-means = The developer proved that they own this domain. Nobody at { $brand } has checked who they are.
trust-agent = AI agent, identified by { $host }
trust-agent-means = This program is known only by the address it names. Allow it only if you started it yourself.
trust-unknown = Not verified
trust-unknown-means = We do not know who made this app. Allow it only if you know and trust where it comes from.

## Passwords

password-show = Show password
password-rule = At least { $count } characters. A few words in a row are strong and easy to remember.
password-short = Keep going: at least { $count } characters.
password-enough = Long enough. Longer is stronger.
password-weak = Weak: it could be guessed quickly.
password-fair = Fair: it could be guessed with some effort.
password-good = Good.
password-strong = Strong.

## Signing in

sign-in-title = Sign in
sign-in-identifier = Email or mobile number
sign-in-password = Password
sign-in-submit = Sign in
sign-in-new-here = New to { $brand }?
sign-in-sign-up = Create an account
sign-in-forgot = Forgot your password?
sign-in-passkey = Sign in with a passkey
passkey-again = Try again
passkey-password = Use your password
passkey-code = Get a code
sign-in-frozen = This account is frozen. Use “Forgot your password?” to get it back.

link-title = Sign in with this link
link-lead = You will be signed in as
link-text = The people who run { $brand } made this link for you. It works once. Then choose a new password, so that you can get in by yourself.
link-spent-title = This link is no longer good
link-spent-lead = It works once and for 15 minutes. Ask whoever gave it to you for another one.

back-to-sign-in = Back to sign-in
sign-in-wrong = The email, number or password is not right. Check them and try again.
sign-in-wait-seconds = { $count ->
    [one] Too many tries were wrong: wait 1 second.
   *[other] Too many tries were wrong: wait { $count } seconds.
}
sign-in-wait-minutes = { $count ->
    [one] Too many tries were wrong: wait 1 minute, or use “Forgot your password?”.
   *[other] Too many tries were wrong: wait { $count } minutes, or use “Forgot your password?”.
}

## One-time codes

code-label = Code
code-help = 6 digits. Never tell it to anyone: nobody from { $brand } will ask for it.
code-missing = Nothing arrived? Look in the spam folder first.
code-resend = Send a new code
code-wrong = That code is not right. { $left ->
    [one] 1 try is left.
   *[other] { $left } tries are left.
}
code-gone = This code is no longer valid. Ask for a new one.
code-wait = { $seconds ->
    [one] You can ask for a new code in 1 second.
   *[other] You can ask for a new code in { $seconds } seconds.
}

## Creating an account

sign-up-title = Create your account
sign-up-lead = One account for every site with the “Login with { $brand }” button.
sign-up-name = Name
sign-up-name-help = As you want to be addressed.
sign-up-email = Email
sign-up-email-help = We send a code there to check that it is yours.
sign-up-by-phone = Use a mobile number instead
sign-up-phone = Mobile number
sign-up-phone-help = Begin with + and the country. We send a code there to check that it is yours.
sign-up-by-email = Use an email address instead
sign-up-password = Password
sign-up-submit = Continue
sign-up-with-passkey = Use a passkey instead of a password
sign-up-key-title = Make your passkey
sign-up-key-lead = It opens your account with your fingerprint, your face or the lock of your device:
sign-up-key-password = I would rather choose a password
sign-up-known = Already have an account?
sign-up-terms = By continuing you accept:

set-up-title = Set up this server
set-up-lead = You make the account that runs it. This link works once.
set-up-email-help = You sign in with it.
set-up-submit = Make the account
set-up-taken = There is an account with this address already. Enter another one.
verify-title = Check your email
verify-title-phone = Check your phone
verify-sent = We sent a code to
verify-change = Change it
verify-submit = Continue

## The second step

second-factor-title = Is it really you?
second-factor-email = Enter the code we sent to { $to }.
second-factor-app = Enter the code that your authenticator app shows now.
second-factor-trust = { $count ->
    [one] Don’t ask in this browser for 1 day
   *[other] Don’t ask in this browser for { $count } days
}
second-factor-submit = Continue
second-factor-other = Try another way
second-factor-sms = Enter the code we sent by text message to { $to }.
factor-approval = A yes from another browser
factor-approval-text = Where you are signed in already
approval-title = Say yes in another browser
approval-how = In a browser where you are signed in, open
approval-choose = Choose this number there:
approval-waits = This page goes on by itself when you have answered.
approval-look = Look again
approval-on-title = You said yes
approval-given = Now go on here.
approval-not-yet = Nobody has answered yet. Choose the number in a browser where you are signed in.
approval-over = There is no question open in your other browsers now.
approval-ask = Ask in my other browsers
second-factor-recovery = Enter one of your recovery codes. Each works once.
factor-totp = Authenticator app
factor-totp-text = The code that the app shows now
factor-recovery = Recovery code
factor-recovery-text = One of the codes you keep for an emergency
second-factor-email-offer = We can send a code to { $to }.
second-factor-sms-offer = We can send a code by text message to { $to }.
second-factor-send = Send me a code
second-factor-key-title = Use your key
second-factor-key = Use a passkey, or touch your security key.
second-factor-key-submit = Use my key
second-factor-key-wrong = We could not accept that. Try again, or choose another way.
second-factor-over = That was wrong too often. Go back and sign in again.
second-factor-why-two-step = You have switched on two-step verification, so a password alone is not enough.
second-factor-why-new-browser = We have not seen you in this browser before. One more proof keeps others out who may know your password.
second-factor-why-step-up = The app asks us to be surer that it is you.
second-factor-why-again = You are about to see or change something that others must not. Before that, we make sure that it is still you.
factor-email = A code by email
factor-passkey = A passkey or security key
factor-passkey-state = On one of your devices, or on your key ring
factor-sms = A code by text message
again-title = Is it still you?
again-none = There is no other way left in which you can prove it. Sign out, and use “Forgot your password?” to get help.

## Getting back in

recover-title = Let’s get you back in
recover-lead = Tell us the email or mobile number of your account. If there is an account with it, we send a code.
recover-submit = Continue
recover-code-title = Enter the code
recover-code-lead = If there is an account, we sent a code to
recover-password-title = Choose a new password
recover-password-lead = You will be signed out everywhere else.
recover-password-submit = Save and sign in
delayed-offer = I can’t use any of these
delayed-title = When every way in is lost
delayed-lead = { $count ->
    [one] If you can use neither your password nor any of your addresses and numbers, we let you in after 1 hour.
   *[other] If you can use neither your password nor any of your addresses and numbers, we let you in after { $count } hours.
}
delayed-text = We tell all addresses and numbers of the account at once and again before the end. Whoever reads one of them, or signs in, can stop it: so nobody takes an account in silence.
delayed-identifier-help = The one your account has, even if you can no longer read what we send there.
delayed-email = An email address you can read
delayed-email-help = After the wait we send a link there to choose a new password.
delayed-submit = Begin the wait
delayed-begun-title = The wait has begun
delayed-begun-lead = If there is such an account, all its addresses and numbers are being told.
delayed-begun-due = The wait is over on
delayed-begun-to = Then we send a link to
delayed-begun-cancelled = If nothing arrives, there is no such account, somebody stopped the wait, or it was asked for too often.
delayed-cancel-link = Stop this
delayed-cancel-title = Stop this?
delayed-cancel-lead = Somebody says that they have lost every way into your account. If it was not you, stop them: they will not be let in.
delayed-cancelled-title = Stopped
delayed-cancelled-lead = Nobody will be let in. If you fear that somebody else knows your password, tell us: we freeze your account and help you choose a new one.
delayed-over-title = This link is no longer good
delayed-over-lead = It was stopped, used already, or is too old.
delayed-finish-title = The wait is over: choose a new password
delayed-finish-lead = Everybody else is signed out, and passkeys and other second steps are removed. The address we wrote to becomes one of your addresses.
password-current = Current password
password-new = New password
password-submit = Change password
password-wrong = This is not your current password.
password-changed = Your password was changed. All other browsers were signed out.

## Signing out

sign-out-title = Sign out?
sign-out-lead = You will be signed out of { $brand } in this browser. Apps keep the access you gave them until you remove it.
sign-out-stay = Stay signed in
sign-out-confirm = Sign out
signed-out-title = You are signed out
signed-out-lead = On a shared computer, close the browser window as well.
signed-out-again = Sign in again
logout-frames-title = Signed out everywhere
logout-frames-lead = The apps you used are being told, too.
logout-page-title = Signing out
logout-title = Sign out of { $brand } too?
logout-asks = You signed out there

## Choosing an account

choose-title = Choose an account
choose-other = Use another account

## The answer on its way

form-post-title = Taking you back
form-post-submit = Continue

## Devices with a code

device-title = Connect a device
device-lead = Enter the code that your TV, speaker or other device shows.
device-code = Code on the device
device-code-help = Eight letters; capitals and the dash do not matter.
device-submit = Continue
device-code-wrong = We don’t know this code. Check it, or let the device show a new one.
device-confirm-page-title = Connect { $app }
device-confirm-title = Connect { $app } to your account?
device-only-if-you = Only continue if you started this yourself, on a device in front of you. Never for somebody who called or wrote to you.
device-same-code = Does the device show the same code?
device-name = Device
device-asked = Asked for
device-you-are = You are at
device-allowed-title = Your device is connected
device-allowed-text = You can go on with { $app } on the device. This page may be closed.
device-denied-title = Not connected
device-denied-text = { $app } got no access to your account.

## Apps that nobody checked

unverified-page-title = { $app } is not verified
unverified-title = We don’t know who made { $app }
unverified-text = It asks for things that can do harm in the wrong hands:
unverified-only-if = Go on only if you know its developer, and trust them with this.
unverified-back = Back to safety
unverified-go-on = Go on anyway

## Consent

consent-page-title = { $app } asks for access
consent-test = Test app: only its makers and the people they invited can use it
consent-title-sign-in = Sign in to { $app } with { $brand }
consent-title-access = { $app } wants access to your { $brand } account
consent-by = by { $publisher }
consent-only-if-you = Continue only if you just started this yourself.
consent-not-you = Not you?
consent-switch = Switch account
consent-sees = { $app } will see
consent-does = { $app } will be able to
consent-reads = read only
consent-changes = can change
consent-needed = needed
consent-optional = your choice
consent-new = new
consent-reason = { $app } says:
consent-already = { $count ->
    [one] 1 thing you already allow
   *[other] { $count } things you already allow
}
consent-never = It never gets your password, your two-step settings or payment details.
consent-until-removed = Access lasts until you remove it.
consent-hours = { $count ->
    [one] Access lasts for 1 hour.
   *[other] Access lasts for { $count } hours.
}
consent-offline = It also works when you are not using the app.
consent-way-back = You can take access back at any time in
consent-way-back-link = Connected apps
consent-which-email = Which email should it get?
consent-hide-email = Hide my email
consent-hide-email-means = The app gets an address made for it, which forwards to you until you turn it off.
consent-returns = After this you return to
consent-returns-computer = After this you return to an app on this computer
consent-returns-device = After this you return to an app on this device
consent-deny = Cancel
consent-allow = Allow

## Refusals

error-what-now = What you can do
error-for-developers = For the app’s developer
error-to-account = Go to your account
error-to-support = Get help
error-unknown-client-title = We don’t know this app
error-unknown-client-text = The site that sent you here is not registered with { $brand }, or its registration has ended.
error-unknown-client-next = Go back to the site and try again. If it happens again, tell the site’s owner; we did not share anything with it.
error-redirect-uri-title = This link does not lead back safely
error-redirect-uri-text = The app asked us to send you to an address it has not registered, so we stopped here to protect you. Nothing was shared.
error-redirect-uri-next = Go back to the app and start again. Its developer needs to register the exact redirect_uri that the app sends.
error-request-title = The app’s request doesn’t work
error-request-text = The app that sent you here asked in a way we cannot answer. Nothing was shared with it.
error-request-next = Go back to the app and start again. If it happens again, tell its developer the reference at the foot of this page.
error-expired-title = This page has expired
error-expired-text = The form was open for too long, was already sent, or came from another place. Nothing was changed.
error-expired-next = Go back, load the page again and send the form once more.
error-flow-lost-title = We lost track of this sign-in
error-flow-lost-text = It was started in another browser, is already finished, or waited too long.
error-flow-lost-next = Go back to the app and press its sign-in button again. Your account is fine.
error-sign-in-refused-title = This sign-in was refused
error-sign-in-refused-text = In a browser where this account is signed in, somebody said no or chose another number.
error-sign-in-refused-next = If that was a mistake, sign in again and choose the number that stands here.
error-forbidden-title = You may not see this
error-forbidden-text = The account you are signed in with has no access to this page.
error-forbidden-next = Sign in with another account, or ask the person who gave you the link.
error-not-found-title = There is no page here
error-not-found-text = The address may be mistyped, or the page has moved.
error-not-found-next = Check the address, or start from your account.
error-unreadable-title = We could not read what was sent
error-unreadable-text = The form arrived incomplete or with something in it that does not belong there. Nothing was changed.
error-unreadable-next = Go back, load the page again and fill in the form once more.
error-too-large-title = That is more than we can take
error-too-large-text = What was sent is larger than this page allows. Nothing was changed.
error-too-large-next = Go back and send something shorter.
error-too-many-title = Let’s slow down for a moment
error-too-many-text = There were too many tries in a short time. This pause protects your account.
error-too-many-next = Wait a little, then try again. You don’t need to change anything.
error-unavailable-title = We’ll be right back
error-unavailable-text = { $brand } cannot answer at the moment. Nothing is lost, and nothing was changed.
error-unavailable-next = Try again in a few seconds.
error-internal-title = Something went wrong on our side
error-internal-text = This is our mistake, not yours. It has been noted.
error-internal-next = Try again. If it happens again, tell us the reference at the foot of this page.

## The account

skip = Skip to content
menu = Menu
menu-label = Your account
menu-sign-out = Sign out
menu-overview = Overview
menu-apps = Connected apps
menu-devices = Devices
menu-security = Security
menu-activity = Activity
menu-data = Data
yes = Yes
no = No
copy = Copy
copied = Copied
overview-page-title = Your account
overview-title = Hello, { $name }
overview-lead = See who can reach your account, and change your mind at any time.
overview-asked = Somebody wants to sign in to your account. Is that you?
overview-apps-none = No app has access to your account.
overview-apps = { $count ->
    [one] 1 app has access
   *[other] { $count } apps have access
}
overview-devices = { $count ->
    [one] You are signed in on 1 browser.
   *[other] You are signed in on { $count } browsers.
}
overview-recent = Recent activity
overview-all = See all

## Connected apps

apps-lead = These apps can use your account. What you remove here stops at once.
apps-removed = { $app } can no longer reach your account.
apps-none-title = No connected apps
apps-none-text = When you press “Login with { $brand }” on a site, it appears here, with everything it can see.
apps-using = Can see or change your data
apps-signing-in = Sign-in only
apps-since = Connected { $date }
apps-used = Used { $when }
apps-never-used = Not used yet
apps-offline = also while you are away
app-page-title = { $app } – your connection
app-may = What it may see and do
app-connection = Connection
app-since = Connected
app-used = Last used
app-away = Also while you are away
app-happened = What it did
app-open = Open { $app }
app-take-out = Take out
app-take-out-named = Take out: { $scope }
app-places = Where it is connected
app-place-unknown = Unknown device
app-disconnect = Sign out here
app-email = Email address
app-email-means = { $app } learns the new address the next time it asks. If you remove an address from your account, { $app } gets your primary one instead.
app-email-save = Save
app-private = Hide my email
app-private-on = Mail that { $app } writes to this address is forwarded to you. If you answer, your answer shows your own address.
app-private-off = Mail that { $app } writes to this address does not reach you: it is sent back.
app-private-target = Forward it to
app-private-stop = Stop forwarding
app-private-resume = Forward again
app-ask-again = Next time
app-ask-again-means = { $app } comes back with what you allowed it before.
app-asks-again = { $app } must ask you again when it next wants access.
app-ask-again-short = Ask me again
apps-unused = { $count ->
    [one] 1 app has not been used for half a year.
   *[other] { $count } apps have not been used for half a year.
}
apps-unused-look = Look through them
unused-title = Apps you no longer use
unused-lead = Nobody has used these for half a year. Removing them ends their access at once.
unused-none = Every connected app was used in the last half year.
unused-confirm = { $count ->
    [one] Remove it
   *[other] Remove all { $count }
}
remove-row = Remove
remove-short = Remove access
remove-hint = { $app } loses access the moment you confirm.
remove-title = Remove access for { $app }?
remove-now = { $app } can no longer see or change anything from now on.
remove-keeps = It keeps what it already received.
remove-ask = Ask it to delete that
remove-way-in = You may lose your way to sign in to { $app }. Check that it has another one.

## Yes to a sign-in elsewhere

approve-title = Is that you?
approve-none = No sign-in waits for your answer.
approve-asks = Somebody wants to sign in to your account
approve-choose = Choose the number that the other screen shows.
approve-number = The other screen shows { $number }
approve-only-if = Choose it only if you are signing in there yourself at this moment. Whoever asks knows your password.
approve-refuse = No, that is not me
approve-approved = You said yes. Go on in the other browser.
approve-refused = We stopped that sign-in. If it was not you, change your password: somebody knows it.
approve-gone = That sign-in does not wait for an answer any more.

## Devices

devices-title = Your devices
devices-lead = Every browser and device that is signed in to your account, or that you trust.
devices-ended = It was signed out.
devices-browsers = Browsers
devices-this = this browser
devices-seen = Active { $when }
devices-since = Signed in { $date }
devices-trusted = Trusted until { $date }
devices-trusted-means = In a browser that you trust we do not ask for a second step.
devices-signed-out = Signed out
devices-trust-used = Used { $when }
devices-trust-end = Ask there again
devices-trust-end-named = Ask for a second step again in { $device }
devices-trust-end-all = Ask everywhere again
devices-end = Sign out
devices-end-named = Sign out { $device }
devices-end-others = Sign out all others
devices-linked = Linked devices
devices-linked-lead = TVs, speakers and other devices that you connected with a code.
devices-linked-since = Connected { $date }
devices-linked-used = Used { $when }
devices-linked-remove = Remove
devices-linked-remove-named = Remove { $device }
device-rename = Rename
device-rename-named = Rename { $device }
device-rename-title = Rename { $device }
device-rename-name = Name of the device
device-rename-help = Something you recognise it by, such as the room it stands in.
device-rename-submit = Save

## Security

security-lead = How you prove that it is you.
security-review = Somebody else was in your account. Look through everything here, and remove what is not yours.
security-change = Change your password
security-first = Choose a password
security-text = You stay signed in here and are signed out everywhere else.
security-passkeys-text = Sign in with your fingerprint, your face or your PIN.
security-passkeys = { $count ->
    [0] You have none yet.
    [one] You have one.
   *[other] You have { $count }.
}
security-sessions = Where you are signed in
two-step-title = Two-step verification
two-step-manage = Set up
two-step-lead = Besides your password, we ask for something that only you have. Whoever learns the password still does not get in.
two-step-on = On since { $date }
two-step-off = Two-step verification is off
two-step-needs = To switch it on you need one of the ways below and a second one for the day you lose it: recovery codes, or another way.
two-step-too-few = There must be a way to show the second step and a second way back: recovery codes that you typed back, or another way. Set one up first.
two-step-turn-on = Switch on
two-step-turn-off = Switch off
two-step-switched-on = Two-step verification is on.
two-step-switched-off = Two-step verification is off. Your password alone is enough again.
two-step-changed = Your changes are saved.
two-step-apps = Authenticator apps
two-step-apps-text = An app on your phone shows a new code every 30 seconds, without any network.
two-step-codes = Codes that we send
two-step-codes-text = Whoever reads your mail or holds your number gets these codes too. An app or a key is safer.
two-step-save = Save
two-step-first = What we ask for first
two-step-is-first = first
two-step-make-first = Ask for this first
two-step-make-first-named = Ask for this first: { $way }
two-step-back = Back to security
authenticator-title = Set up an authenticator app
authenticator-lead = Any app for one-time codes will do, such as the one built into your password manager.
authenticator-scan = Scan this with the app
authenticator-picture = QR code for the app; the same secret stands below as text
authenticator-by-hand = Or type this key into the app:
authenticator-name = Name
authenticator-name-help = Something you recognise the phone or the app by.
authenticator-code-help = The 6 digits that the app shows now.
authenticator-submit = Done
authenticator-wrong = That is not the code of this app. Check that the phone’s clock is right, and type the code it shows now.
authenticator-add = Set up an app
authenticator-since = Since { $date }
authenticator-used = Used { $when }
authenticator-remove = Remove
authenticator-remove-named = Remove { $name }
authenticator-back = Back without setting it up
recovery-codes-title = Recovery codes
recovery-codes-text = Ten codes to keep on paper, for the day you lose your phone.
recovery-codes-left = { $count ->
    [0] You have none.
    [one] 1 is left.
   *[other] { $count } are left.
}
recovery-codes-make = Make recovery codes
recovery-codes-again = Make new ones
recovery-codes-new = Your new recovery codes
recovery-codes-lead = Write them down or save them now: we cannot show them again.
recovery-codes-rule = Each of them works once, instead of the second step.
recovery-codes-download = Save as a text file
recovery-codes-file = Recovery codes for { $brand }, made { $date }
recovery-codes-confirm = Did you keep them?
recovery-codes-confirm-text = Type one of them. From then on these count, and older ones no longer do. The one you type stays good.
recovery-code-label = One of the codes
recovery-codes-submit = I have kept them
recovery-codes-wrong = That is none of these codes.
recovery-codes-kept = Your recovery codes are ready. Keep them where a thief of your phone would not look.

## Passkeys

passkeys-title = Passkeys and security keys
passkeys-lead = Sign in with your fingerprint, your face or your PIN. There is nothing to remember, and nobody can trick you out of it.
passkeys-manage = Manage
passkeys-own = Your keys
passkeys-none-title = No passkey yet
passkeys-none-text = Add one for this device: it takes a few seconds.
passkeys-full = There is no room for another one. Remove one that you no longer use.
passkeys-back = Back to security
passkey-plain = Passkey
security-key-plain = Security key
security-key-badge = second step only
passkey-named = { $model }, { $date }
passkey-since = Added { $date }
passkey-used = Used { $when }
passkey-never-used = Not used yet
passkey-synced = On several devices
passkey-change = Change
passkey-change-named = Change { $key }
passkey-add = Add a passkey
passkey-add-text = Your device will ask for your fingerprint, your face or its PIN. What proves that it is you stays there: we only get a public key.
passkey-create = Create a passkey
passkey-added = It was added. From now on you can prove with it that it is you.
security-key-add = Add a security key
security-key-add-text = Have your key ready: you plug it in or hold it to your device, and touch it. It is a second step after your password.
security-key-create = Register the key
passkey-needs-script = Passkeys need JavaScript. Switch it on for this page.
passkey-needs-browser = This browser does not know passkeys. Use another one, or a newer version.
passkey-already = This device holds a passkey of your account already.
passkey-failed = That did not work, or it was cancelled. You can try again.
passkey-over = That took too long, or this page was used before. Try again. ({ $code })
passkey-unknown = We do not know this passkey, or it was removed from your account. ({ $code })
passkey-taken = This key belongs to an account already. ({ $code })
passkey-unverified = Your device did not check that it is you. Try again. ({ $code })
passkey-copied = This key may have been copied, so we do not accept it. Remove it, and add a new one. ({ $code })
passkey-invalid = We could not accept the answer of your device. Try again. ({ $code })
passkey-name = Name
passkey-name-help = Something you recognise it by, such as the device it is on.
passkey-last = It is the only way you can sign in, so it cannot be removed. Choose a password or add another passkey first.
passkey-remove-title = Remove it
passkey-remove-text = You can no longer use it here. Delete it on your device, too, so that it is not offered any more.
passkey-remove-submit = Remove
passkey-removed = It was removed.

## How you are reached

contacts-title = Email addresses and mobile numbers
contacts-lead = How we reach you, and how you get back in when you forget your password.
contacts-change = Change
contacts-emails = Email addresses
contacts-numbers = Mobile numbers
contacts-primary = primary
contacts-not-proved = not confirmed
contacts-make-primary = Make primary
contacts-make-primary-named = Make { $contact } primary
contacts-remove = Remove
contacts-remove-named = Remove { $contact }
contacts-add = Add another
contacts-add-text = We send a code there to check that it is yours. Apps are told the primary one only.
contacts-send-code = Send a code
contacts-undo-hint = After every change we tell all your addresses and numbers. From that message the change can be undone for seven days.
contacts-back = Back to Security
contacts-added = It was added. Your other addresses and numbers were told.
contacts-removed = It was removed. All your addresses and numbers were told.
contacts-primary-changed = Apps are told this one from now on. All your addresses and numbers were told.
contacts-last = This is the only way to reach you. Add another one first, then remove this one.
contacts-primary-stays = The primary one cannot be removed. Make another one primary first.
contacts-unproved = Confirm it with a code before you make it primary.
contacts-too-many = There is room for ten. Remove one first.
contact-own = This one is on your list already.
contact-no-texts-here = { $brand } sends no text messages. Enter an email address.
contact-code-title = Confirm that it is yours
contacts-undo-title = Undo this change?
contacts-undo-lead = Your email addresses and mobile numbers become what they were before it. Whatever was changed after it is undone too.
contacts-undo-when = It was made on
contacts-undone-title = The change is undone
contacts-undone-lead = Your addresses and numbers are what they were. If it was somebody else who changed them, they may still be signed in: freeze your account and choose a new password.
contacts-undo-old-title = This change can no longer be undone
contacts-undo-old-lead = It is more than seven days ago, or was undone already. If somebody else is in your account, you can still choose a new password: that signs everybody else out.

## Activity

activity-lead = What happened on your account in the last 90 days.
activity-none-title = Nothing yet
activity-none-text = Sign-ins, changes and apps you connect will be listed here.
activity-kind = What
activity-kind-any = Everything
activity-kind-sign-ins = Signing in and out
activity-kind-apps = Apps and devices
activity-kind-account = Changes to the account
activity-app = App
activity-app-any = With or without an app
activity-days = When
activity-days-any = At any time
activity-days-1 = In the last 24 hours
activity-days-7 = In the last 7 days
activity-days-30 = In the last 30 days
activity-filter = Show
activity-none-here-title = Nothing like this
activity-none-here-text = Nothing on your account fits what you chose.
activity-all = Show everything
activity-file = Keep a copy of this list:
activity-pages = Older and newer activity
activity-newer = Newer
activity-older = Older
activity-unknown = Something here wasn’t you?
activity-change-password = Change your password

## Data

data-title = Your data
data-lead = What we keep about you, and how to take it with you.
data-held = What we hold
data-more = { $count ->
    [one] And 1 more: it is in the copy.
   *[other] And { $count } more: they are in the copy.
}
data-change = Change: { $what }
data-activity = What happened on your account is kept for 90 days.
data-secrets = Besides these we keep what your password, codes and devices are checked against. It cannot be read back, so it is in no copy.
data-copy = Take it with you
data-copy-means = We put everything above and all your activity in one file: a page to read, and JSON for other programs. You are written to when it is ready.
data-copy-ask = Prepare a copy
data-copy-new = Prepare a new one
data-copy-preparing = Preparing your copy
data-copy-wait = This takes a few seconds to a few minutes. You can leave this page.
data-copy-look = Look again
data-copy-ready = Your copy is ready. It is there until { $date }.
data-copy-fetch = Download ({ $size } kB)
data-copy-title = A copy of your account
data-copy-made = Made on { $date }.
held-account = You
held-contacts = Email addresses and mobile numbers
held-proofs = Signing in
held-keys = Passkeys and security keys
held-authenticators = Authenticator apps
held-sessions = Where you are signed in
held-browsers = Browsers you have signed in with
held-trusted = Browsers that need no second step
held-expires-at = Until
held-linked-devices = Connected devices
held-apps = Apps you allowed
held-connections = Where apps are connected
held-private-emails = Addresses made for one app each
held-own-apps = Apps you registered
held-messages = Messages to you in the last 14 days
held-name = Name
held-language = Language of messages
held-created-at = Since
held-terms-accepted-at = Terms accepted
held-terms-version = Version of the terms
held-suspended-at = Suspended since
held-suspended-reason = Why
held-given-name = First name
held-family-name = Last name
held-middle-name = Middle name
held-nickname = Nickname
held-preferred-username = User name
held-profile = Profile page
held-picture = Picture
held-website = Website
held-gender = Gender
held-birthdate = Date of birth
held-zoneinfo = Time zone
held-locale = Language
held-address = Address
held-contact = Address or number
held-primary = Primary
held-added-at = Added
held-verified-at = Proved
held-password-changed-at = Password chosen
held-two-step-at = Two-step verification since
held-preferred-factor = Asked for first
held-recovery-codes = Recovery codes left
held-frozen-at = Frozen since
held-thawed-at = Taken back
held-label = Name
held-kind = Kind
held-kind-passkey = Passkey
held-kind-security-key = Security key
held-last-used-at = Last used
held-browser = Browser
held-place = Place
held-proved-at = Last proof
held-last-seen-at = Last seen
held-first-seen-at = First seen
held-linked-at = Connected
held-app = App
held-client-id = Its number
held-scope = May
held-declined = You left out
held-connected-at = Connected
held-consented-at = Last allowed
held-ended-at = Ended
held-sent-at = Sent
held-event = What
event-export-asked = You asked for a copy of your data
event-export-fetched = You downloaded a copy of your data
export-asked-subject = Somebody asked for a copy of your { $brand } data
export-asked-text = Somebody who was signed in to your { $brand } account and proved it again asked for a copy of everything in it.
export-ready-subject = Your copy from { $brand } is ready
export-ready-text = The copy of your data that you asked for is ready. You find it under “Your data”.
export-ready-advice = { $count ->
    [one] It is there for 1 day.
   *[other] It is there for { $count } days.
} To download it you sign in and prove that it is you.

## An app reported

report-title = Report { $app }
report-lead = The people who run { $brand } read this. The app does not learn who reported it.
report-reason = What is wrong with it?
report-no-reason = Choose what is wrong.
report-too-long = Use at most 1000 characters.
report-pretends = It pretends to be somebody else
report-asks-too-much = It asks for more than it needs
report-misuses = It does something with my data that it should not
report-other = Something else
report-details = What happened? (optional)
report-submit = Send the report
report-sent = Thank you. Your report was sent.
report-next = If you do not trust the app any more, remove its access:
event-app-reported = You reported { $app }
held-reports = What you reported
held-reason = What is wrong
held-details = In your words
app-reported-subject = An app was reported: { $app }
app-reported-text = Somebody reported the app { $app }.
app-reported-reason = What is wrong
app-reported-details = In their words
app-reported-advice = “countersign apps reports” lists all reports.

## The end of the account

deletion-title = Delete your account
deletion-lead = Everything we hold about you is removed, and nobody can bring it back after 14 days.
deletion-breaks = What will not work any more
deletion-sessions = You are signed out everywhere, at once.
deletion-apps = You cannot sign in this way to:
deletion-devices = These devices lose their connection:
deletion-own-apps = These apps of yours end for everybody who uses them:
deletion-apps-keep = Apps keep what they already received. If you want them to delete it, ask them before you go.
deletion-last = This is the last question
deletion-until = Until { $date } you can take it back: sign in, or follow the link that we send to all your contacts.
deletion-confirm = Delete my account
deletion-no = No, back to your data
deletion-short = Delete your account
deletion-short-means = First you see what will break. Then you have 14 days to take it back.
deletion-go = See what will break
deletion-done-title = Your account is closed
deletion-done-lead = You are signed out everywhere, and no app gets anything any more. Everything is removed on { $date }; until then, signing in brings it back.
deletion-done-home = To the front page
keep-title = Keep your account?
keep-lead = You wanted your account to be deleted. Nothing in it is lost yet.
keep-due = It will be removed:
keep-submit = Keep my account
keep-otherwise = If you still want it deleted, there is nothing to do.
keep-done-title = Your account is kept
keep-done-lead = Everything is as it was. Sign in again wherever you want to be signed in.
keep-over-title = This link is no longer good
keep-over-lead = The account was kept already, or it is gone.
event-deletion-asked = You asked for your account to be deleted
event-account-kept = You kept your account
event-account-erased = An account was removed for good
deletion-begun-subject = Your { $brand } account will be deleted on { $date }
deletion-begun-text = Somebody who was signed in to your { $brand } account and proved it again asked for it to be deleted. It is closed now, and everything in it is removed on { $date }.
deletion-begun-advice = If this was you, there is nothing to do. If it was not, or you changed your mind, keep it: press the button, or sign in.
account-kept-subject = Your { $brand } account is kept
account-kept-text = The deletion of your { $brand } account was taken back. Everything is as it was.
account-removed-subject = Your { $brand } account is removed
account-removed-text = As you asked, your { $brand } account and everything in it is being removed now. This is the last message to you.
account-removed-advice = There is nothing to do. Apps keep what they received before; ask them to delete it.

## The front door

home-page-title = Welcome
home-title = One account. You decide who sees what.
home-lead = Use { $brand } to sign in to other sites, without a new password for each of them.
home-account = Go to your account
home-one-title = One sign-in
home-one-text = Press “Login with { $brand }” and you are in.
home-see-title = See it before you share it
home-see-text = Every site shows you exactly what it will get, with the real values.
home-back-title = Take it back
home-back-text = Remove a site’s access, and it ends that very moment.

## The inbox of a server that sends nothing

inbox-title = Inbox
inbox-lead = This server runs on your own machine and sends no mail. Every message it would send is kept here.
inbox-none-title = No messages
inbox-none-text = Create an account, and its code will be here.
inbox-open = Open the link in this message

## What happened

some-app = an app
event-sign-up = You created your account
event-sign-up-repeated = Somebody tried to create an account with your address
event-sign-in = You signed in
event-sign-in-failed = Somebody tried to sign in and failed
event-second-factor-failed = Somebody failed at the second step of signing in
event-proved-again = You proved again that it was you
event-two-step-on = You switched on two-step verification
event-two-step-off = You switched off two-step verification
event-two-step-changed = You changed your two-step verification
event-authenticator-added = You set up an authenticator app
event-authenticator-removed = You removed an authenticator app
event-recovery-codes-made = You made new recovery codes
event-recovery-code-used = A recovery code was used
event-sign-in-approved = You approved a sign-in in another browser
event-sign-in-refused = You refused a sign-in in another browser
event-sign-out = You signed out
event-browser-trusted = You chose not to be asked for a second step in a browser
event-trust-ended = You want to be asked for a second step again
event-session-ended = You signed out another browser
event-consent-given = You allowed { $app } to use your account
event-consent-refused = You did not allow { $app } to use your account
event-access-removed = You removed the access of { $app }
event-scope-removed = You took something out of what { $app } may see
event-shared-email-changed = You chose another email address for { $app }
event-private-email-stopped = You stopped mail from { $app } by the address made for it
event-private-email-resumed = You let mail from { $app } through again
event-private-email-moved = You chose where mail from { $app } goes
event-app-signed-out = You signed { $app } out in one place
event-app-signed-in = { $app } signed you in
event-device-linked = You connected a device with { $app }
event-device-renamed = You renamed a device with { $app }
event-device-removed = You removed a device with { $app }
event-token-reused = We ended the access of { $app }: somebody used a key of it twice
event-password-changed = You changed your password
event-passkey-added = You added a passkey or security key
event-passkey-renamed = You renamed a passkey or security key
event-passkey-refused = Somebody tried to sign in with a passkey that we did not accept
event-passkey-removed = You removed a passkey or security key
event-recovery-begun = Somebody asked for a code to choose a new password
event-delayed-recovery-begun = Somebody who says that every way in is lost began to wait
event-delayed-recovery-cancelled = That wait was cancelled from a message
event-delayed-recovery-done = A new password was chosen after the wait
event-recovered = You chose a new password with a code
event-frozen = You froze your account from a message
event-contact-added = You added an email address or mobile number
event-contact-removed = You removed an email address or mobile number
event-primary-contact-changed = You chose another primary email address or mobile number
event-contact-change-undone = A change to your addresses and numbers was undone from a message
event-contact-claimed = Somebody tried to add your address or number to another account
event-suspended = The people who run { $brand } suspended your account
event-unsuspended = The people who run { $brand } took the suspension back
event-unlocked = The people who run { $brand } unlocked your account
event-sign-in-reset = The people who run { $brand } signed everybody out of your account
event-sign-in-link-made = The people who run { $brand } made a link to sign in to your account
event-sign-in-by-link = Somebody signed in with a link from the people who run { $brand }
event-profile-changed = You changed your profile
event-app-registered = { $app } registered itself
event-app-changed = { $app } changed its registration
event-app-deleted = { $app } ended its registration
event-refused = { $app } was refused

## What apps may be told

claim-name = Name
claim-given-name = First name
claim-family-name = Last name
claim-middle-name = Middle name
claim-nickname = Nickname
claim-preferred-username = User name
claim-profile = Profile page
claim-picture = Picture
claim-website = Website
claim-gender = Gender
claim-birthdate = Date of birth
claim-zoneinfo = Time zone
claim-locale = Language
claim-email = Email
claim-is-private-email = Hides another email address
claim-phone-number = Mobile number
claim-address = Address
scope-openid = Recognise you when you return
scope-profile = See your name and profile
scope-email = See your email address
scope-address = See your postal address
scope-phone = See your mobile number
scope-offline-access = Keep access while you are away
scope-of-app = It asks for the permission “{ $scope }”.
error-suspended-title = This account is suspended
error-suspended-text = The people who run { $brand } have suspended it. Nothing in it is lost.
error-suspended-next = Ask the people who run { $brand } why, and how to get it back.

## What people write: one line for each way it can be wrong

email-empty = Enter your email address.
email-no-at = An email address looks like name@example.org.
email-local = There is a character before the @ that email cannot carry.
email-domain = What stands after the @ is not a domain such as example.org.
email-too-long = An email address has at most 254 characters.
email-suggestion = Did you mean { $address }?
phone-empty = Enter your mobile number.
phone-no-country = Begin with + and the country, for example +44.
phone-unknown = There is no such phone number. Check the digits.
phone-no-texts = This number cannot receive text messages. Enter a mobile number.
name-empty = A name needs at least one letter or digit.
name-too-long = A name has at most 100 characters.
name-unseen = The name holds a character that cannot be seen. Type it again by hand.
name-address = A name cannot hold a web address.
password-too-short = Use at least { $count } characters.
password-too-long = Use at most 256 characters.
password-unseen = The password holds a character that cannot be typed, such as a line break.
password-personal = Leave your name and your address out of your password.
password-common = This password is one of the first that thieves try. Choose another.
password-guessable = This password is easy to guess. Make it longer: three or four words that do not belong together.
password-hint-keyboard = Rows of keys are easy to guess.
password-hint-repeats = Repeating something does not make it stronger.
password-hint-common = Many people use this password.
password-hint-like-common = This is like a password many people use.
password-hint-sequence = Sequences such as abc or 6543 are easy to guess.
password-hint-date = Years and dates are easy to guess.
password-hint-one-word = One word alone is easy to guess.
password-hint-name = Names are easy to guess.
password-hint-disguise = Capitals, turned words and 0 for o help only a little.
password-hint-more-words = Add another word or two. Unusual words are best.
password-hint-no-symbols = You need no symbols, digits or capitals.
device-browser-on = { $browser } on { $system }
device-computer = Computer
device-phone = Phone
device-tablet = Tablet
device-appliance = Television or console
device-unknown = Unknown device

## Mail and SMS

message-hello = Hello { $name },
message-hello-anybody = Hello,
message-code-rule = Type it in the page where you asked for it, within { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}. Nobody from { $brand } will ever ask you for this code: do not tell it to anyone, and do not type it anywhere but on { $host }.
message-code-secret = Never tell it to anyone.
message-fact = { $name }: { $value }
message-when = When
message-device = Device
message-place = Where
message-not-me = If this was you, there is nothing to do. If it was not, tell us: we freeze your account, sign everybody out and help you take it back.
sign-up-code-subject = { $code } is your code for { $brand }
sign-up-code-text = This is your code to create an account with { $brand }:
sign-up-code-ignore = If you did not ask for it, ignore this message; no account is made without the code.
sign-up-repeated-subject = You already have an account with { $brand }
sign-up-repeated-text = Somebody, perhaps you, tried to create an account with { $brand } using this address. You already have one, so nothing was changed.
sign-up-repeated-advice = If this was not you, there is nothing to do: without your password nobody gets in.
access-removed-subject = You removed { $app }’s access
access-removed-text = { $app } can no longer see or change anything of your account. It keeps what it received before; ask it to delete that.
access-removed-advice = If you signed in to { $app } this way only, check that it has another way in.
recovery-code-subject = { $code } is your code for { $brand }
recovery-code-text = This is your code to choose a new password for { $brand }:
recovery-code-ignore = If you did not ask for it, ignore this message; without the code nothing changes.
second-factor-code-subject = { $code } is your code for { $brand }
second-factor-code-text = This is your code for the second step of signing in to { $brand }:
second-factor-code-ignore = If you are not signing in now, somebody else knows your password: change it.
two-step-on-subject = Two-step verification is on for your { $brand } account
two-step-on-text = From now on your { $brand } account asks for a second step besides the password.
two-step-off-subject = Two-step verification is off for your { $brand } account
two-step-off-text = From now on the password alone opens your { $brand } account.
two-step-changed-subject = The second step of your { $brand } account was changed
two-step-changed-text = Somebody changed how codes for the second step of your { $brand } account are sent.
authenticator-added-subject = An authenticator app was added to your { $brand } account
authenticator-added-text = An authenticator app was set up for the second step of your { $brand } account.
authenticator-removed-subject = An authenticator app was removed from your { $brand } account
authenticator-removed-text = An authenticator app can no longer be used for the second step of your { $brand } account.
recovery-codes-made-subject = New recovery codes for your { $brand } account
recovery-codes-made-text = New recovery codes were made for your { $brand } account. The ones you had no longer work.
recovery-code-used-subject = A recovery code of your { $brand } account was used
recovery-code-used-text = Somebody who knew your recovery code used it instead of the second step. It does not work any more.
recovery-begun-subject = Somebody is getting back into your { $brand } account
recovery-begun-text = Somebody typed the code that we sent to another of your contacts, and may now choose a new password for your { $brand } account.
recovered-subject = Your { $brand } password was reset
recovered-text = A new password was chosen for your { $brand } account after “Forgot your password?”. Everybody else was signed out, and apps must ask you again.
sign-in-refused-subject = We stopped a sign-in to your { $brand } account
sign-in-refused-text = Somebody who knew your password wanted to sign in. In a browser where you are signed in, that was refused. If it was not you who tried, change your password.
new-browser-subject = New sign-in to your { $brand } account
new-browser-text = Somebody signed in to your { $brand } account with a browser that was not used for it before.
password-changed-subject = Your { $brand } password was changed
password-changed-text = The password of your { $brand } account was changed by somebody who knew the old one. All other browsers were signed out.
passkey-added-subject = A passkey was added to your { $brand } account
passkey-added-text = Somebody who was signed in added a passkey or security key to your { $brand } account. With it, they can prove that they are you.
passkey-removed-subject = A passkey was removed from your { $brand } account
passkey-removed-text = Somebody who was signed in removed a passkey or security key from your { $brand } account. It is worth nothing any more.

message-contact = Address or number
message-undo = If this was you, there is nothing to do. If it was not, undo it within seven days; there you can also freeze your account.
contact-code-subject = { $code } is your code for { $brand }
contact-code-text = This is your code to add this address or number to your { $brand } account:
contact-code-ignore = If you did not ask for it, ignore this message; without the code nothing is added.
contact-taken-subject = Somebody tried to add your address to another account
contact-taken-text = Somebody tried to add this address or number to another account at { $brand }. It belongs to yours, so nothing was changed.
contact-added-subject = A new address or number in your { $brand } account
contact-added-text = An address or number was added to your { $brand } account. It can be used to get back in.
contact-removed-subject = An address or number was removed from your { $brand } account
contact-removed-text = An address or number was removed from your { $brand } account. It can no longer be used to sign in or to get back in.
contact-primary-subject = Your { $brand } account has another primary address or number
contact-primary-text = Another address or number of your { $brand } account was made the primary one: apps are told it from now on.
contact-undone-subject = A change to your { $brand } account was undone
contact-undone-text = Somebody pressed “Undo this change” in one of our messages. The addresses and numbers of your { $brand } account are what they were before.
contact-undo-link = Undo this change
link-used-subject = Somebody signed in to your { $brand } account with a link from support
link-used-text = The people who run { $brand } made a link that signs in to your account once, and it was used.
delayed-notice-subject = Somebody wants to get into your { $brand } account after a wait
delayed-notice-text = Somebody says that they have lost every way into your { $brand } account. If nobody stops them, they may choose a new password once the wait is over.
delayed-notice-due = The wait is over
delayed-notice-address = They will be written to
delayed-notice-advice = If this was you, there is nothing to do. If it was not, stop it; signing in stops it too.
delayed-ready-subject = You can choose a new password for { $brand }
delayed-ready-text = The wait is over, and nobody stopped it. You can now choose a new password for your { $brand } account.
delayed-ready-advice = { $count ->
    [one] The link works once and for 1 day.
   *[other] The link works once and for { $count } days.
} If you did not ask for this, ignore the message.
delayed-done-subject = Somebody got into your { $brand } account after a wait
delayed-done-text = Somebody who said that they had lost every way in chose a new password for your { $brand } account after the wait. Everybody else was signed out, and their address was added to yours.
delivery-test-subject = A test message from { $brand }
delivery-test-text = The people who run { $brand } sent this to see whether their messages arrive. They do.
delivery-test-advice = There is nothing to do.

## This wasn’t me

not-me-link = This wasn’t me
not-me-title = Was this not you?
not-me-lead = Then we freeze your account at once: everybody is signed out, no app gets in, and nobody can sign in until you have chosen a new password.
not-me-next = After that we send a code to { $address }, so that you can take your account back.
not-me-submit = Freeze my account
not-me-old-title = This link is no longer good
not-me-old-lead = It is too old, or you have taken your account back since. If something is wrong now, you can still choose a new password: that signs everybody else out.
not-me-recover = Choose a new password
