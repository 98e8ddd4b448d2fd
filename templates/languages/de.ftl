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
app-privacy = Privacy policy of { $app }
app-terms = Terms of { $app }
app-contact = Contact { $app }
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
password-hide = Hide password

## Signing in

sign-in-title = Sign in
sign-in-to = Sign in to { $app }
sign-in-identifier = Email or mobile number
sign-in-password = Password
sign-in-recover = Can’t sign in?
sign-in-submit = Sign in
sign-in-new-here = New to { $brand }?
sign-in-sign-up = Create an account

## Consent

consent-page-title = { $app } asks for access
consent-test = Test app: only its makers and the people they invited can use it
consent-title-sign-in = Sign in to { $app } with { $brand }
consent-title-access = { $app } wants access to your { $brand } account
consent-by = by { $publisher }
consent-home = Website
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
consent-returns = After this you return to
consent-returns-computer = After this you return to an app on this computer
consent-returns-device = After this you return to an app on this device
consent-deny = Cancel
consent-allow = Allow
consent-report = Report this app

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
sign-in-wrong = The email, number or password is not right. Check them, or choose “Can’t sign in?”.

## Was Menschen schreiben: eine Zeile für alles, was daran falsch sein kann

email-empty = Geben Sie Ihre E-Mail-Adresse ein.
email-no-at = Eine E-Mail-Adresse sieht aus wie name@example.org.
email-local = Vor dem @ steht ein Zeichen, das in E-Mail-Adressen nicht vorkommen kann.
email-domain = Hinter dem @ steht keine Domain wie example.org.
email-too-long = Eine E-Mail-Adresse hat höchstens 254 Zeichen.
email-suggestion = Meinten Sie { $address }?
phone-empty = Geben Sie Ihre Mobilnummer ein.
phone-no-country = Beginnen Sie mit + und der Landesvorwahl, zum Beispiel +49.
phone-unknown = Diese Telefonnummer gibt es nicht. Prüfen Sie die Ziffern.
phone-no-texts = Diese Nummer kann keine SMS empfangen. Geben Sie eine Mobilnummer ein.
name-empty = Ein Name braucht mindestens einen Buchstaben oder eine Ziffer.
name-too-long = Ein Name hat höchstens 100 Zeichen.
name-unseen = Der Name enthält ein Zeichen, das man nicht sehen kann. Tippen Sie ihn noch einmal von Hand.
name-address = Ein Name kann keine Webadresse enthalten.
password-too-short = Nehmen Sie mindestens { $count } Zeichen.
password-too-long = Nehmen Sie höchstens 256 Zeichen.
password-unseen = Das Passwort enthält ein Zeichen, das man nicht tippen kann, etwa einen Zeilenumbruch.
password-personal = Lassen Sie Ihren Namen und Ihre Adresse aus dem Passwort heraus.
password-common = Dieses Passwort probieren Diebe zuerst. Wählen Sie ein anderes.
password-guessable = Dieses Passwort ist leicht zu erraten. Nehmen Sie ein längeres: drei oder vier Wörter, die nicht zusammengehören.
password-hint-keyboard = Tastenreihen sind leicht zu erraten.
password-hint-repeats = Wiederholungen machen es nicht stärker.
password-hint-common = Viele Menschen benutzen dieses Passwort.
password-hint-like-common = Es ähnelt einem Passwort, das viele benutzen.
password-hint-sequence = Folgen wie abc oder 6543 sind leicht zu erraten.
password-hint-date = Jahreszahlen und Daten sind leicht zu erraten.
password-hint-one-word = Ein einzelnes Wort ist leicht zu erraten.
password-hint-name = Namen sind leicht zu erraten.
password-hint-disguise = Großbuchstaben, umgedrehte Wörter und 0 statt o helfen nur wenig.
password-hint-more-words = Fügen Sie ein oder zwei Wörter hinzu. Seltene Wörter sind am besten.
password-hint-no-symbols = Sonderzeichen, Ziffern und Großbuchstaben sind nicht nötig.
device-computer = Computer
device-phone = Telefon
device-tablet = Tablet
device-appliance = Fernseher oder Konsole
device-unknown = Unbekanntes Gerät
error-suspended-title = This account is suspended
error-suspended-text = The people who run { $brand } have suspended it. Nothing in it is lost.
error-suspended-next = Write to support to learn why, and how to get it back.
claim-name = Name
claim-given-name = Given name
claim-family-name = Family name
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
claim-phone-number = Phone number
claim-address = Address
scope-openid = Know who you are
scope-profile = See your name and profile
scope-email = See your email address
scope-address = See your postal address
scope-phone = See your phone number
scope-offline-access = Keep access while you are away
scope-of-app = It asks for the permission “{ $scope }”.
event-sign-up = Account created
event-sign-up-repeated = Somebody tried to create an account with your address
event-sign-in = Signed in
event-sign-in-failed = A sign-in failed
event-sign-out = Signed out
event-session-ended = A device was signed out
event-consent-given = Allowed an app
event-consent-refused = Refused an app
event-access-removed = Removed an app’s access
event-app-signed-in = An app signed you in
event-token-reused = An app’s access was ended because it was used twice
event-password-changed = Password changed
event-profile-changed = Profile changed
event-app-registered = Eine App hat sich registriert
event-app-changed = Eine App hat ihre Registrierung geändert
event-app-deleted = Eine App hat ihre Registrierung beendet
event-refused = An app was refused
home-title = { $brand }
home-account = Your account
home-sign-in = Sign in
home-sign-up = Create an account
overview-title = Your account
overview-apps = { $count } connected apps
overview-devices = { $count } devices signed in
connections-title = Connected apps
connections-removed = { $app } has no access any more.
connections-none = No app has access to your account.
connections-remove = Remove access
connection-title = Connected app
connection-remove-title = Remove access?
connection-remove-text = { $app } can no longer see or change anything from now. It keeps what it already received. You may lose the way to sign in to { $app }: check it has another one.
cancel = Cancel
activity-title = Activity
activity-older = Older
devices-title = Your devices
devices-here = This device
devices-end = Sign out
devices-end-others = Sign out all others
security-title = Security
security-changed = Your password was changed. Other devices were signed out.
security-current = Current password
security-new = New password
security-submit = Change password
password-wrong = This is not your current password.
password-help = At least { $minimum } characters. A few words together are best.
data-title = Your data
inbox-title = Inbox
inbox-none = No message has been sent.
sign-out-title = Sign out
sign-out-confirm = Sign out
signed-out-title = Signed out
signed-out-text = You are signed out.
sign-up-title = Create an account
sign-up-suggestion = Did you mean { $email }?
sign-up-name = Your name
sign-up-email = Email
sign-up-password = Password
sign-up-submit = Continue
verify-title = Check your mail
verify-text = We sent a code to { $address }.
verify-code = Code
verify-submit = Continue
verify-resend = Send another code ({ $seconds } s)
select-account-title = Choose an account
select-account-continue = Continue
select-account-other = Use another account
form-post-title = One moment
form-post-submit = Continue
code-wrong = The code is not right. { $left } more tries.
code-gone = This code is over. Ask for another one.
