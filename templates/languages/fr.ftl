# Français. Chaque message peut parler de { $brand }.
# Les clés sont les mêmes dans tous les fichiers de ce dossier ; un test les compare.

## Every page

title-problem = À vérifier :
problems-title = Il reste quelque chose à corriger
field-problem = Problème :
date = { $day } { $month ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juill.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
} { $year }
date-and-time = { $date }, { $hour }:{ $minute } UTC
ago-now = à l’instant
ago-minutes = { $count ->
    [one] il y a { $count } minute
   *[other] il y a { $count } minutes
}
ago-hours = { $count ->
    [one] il y a { $count } heure
   *[other] il y a { $count } heures
}
ago-days = { $count ->
    [1] hier
   *[other] il y a { $count } jours
}
foot-languages = Langue
foot-help = Aide
foot-privacy = Confidentialité
foot-terms = Conditions d’utilisation
foot-trace = Référence

## The app that brought you here

errand = Vous vous connectez à
app-links = À propos de { $app }
app-home = Site web
app-privacy = Politique de confidentialité
app-terms = Conditions d’utilisation
app-contact = Contacter le développeur
app-report = Signaler cette application
trust-own = Proposée par { $brand }
trust-own-means = C’est l’un de nos propres services.
trust-publisher = Éditeur vérifié : { $host }
trust-publisher-means = Nous avons vérifié qui publie cette application et que ce domaine lui appartient. Ce n’est pas une recommandation.
trust-domain = Domaine vérifié : { $host }
trust-domain-means = Le développeur a prouvé que ce domaine lui appartient. Personne chez { $brand } n’a vérifié qui il est.
trust-agent = Agent IA, identifié par { $host }
trust-agent-means = Ce programme n’est connu que par l’adresse qu’il indique. N’acceptez que si vous l’avez lancé vous-même.
trust-unknown = Non vérifiée
trust-unknown-means = Nous ne savons pas qui a créé cette application. N’acceptez que si vous connaissez sa provenance et lui faites confiance.

## Passwords

password-show = Afficher le mot de passe
password-rule = Au moins { $count } caractères. Quelques mots à la suite sont solides et faciles à retenir.
password-short = Continuez : au moins { $count } caractères.
password-enough = Assez long. Plus long, c’est plus solide.
password-weak = Faible : il serait vite deviné.
password-fair = Moyen : il pourrait être deviné avec un peu d’effort.
password-good = Bon.
password-strong = Solide.

## Signing in

sign-in-title = Connexion
sign-in-identifier = E-mail ou numéro de mobile
sign-in-password = Mot de passe
sign-in-submit = Se connecter
sign-in-new-here = Nouveau chez { $brand } ?
sign-in-sign-up = Créer un compte
sign-in-forgot = Mot de passe oublié ?
sign-in-passkey = Se connecter avec une clé d’accès
passkey-again = Réessayer
passkey-password = Utiliser votre mot de passe
passkey-code = Recevoir un code
sign-in-frozen = Ce compte est gelé. « Mot de passe oublié ? » vous permet de le reprendre.

link-title = Se connecter avec ce lien
link-lead = Vous serez connecté en tant que
link-text = Les responsables de { $brand } ont fait ce lien pour vous. Il sert une fois. Choisissez ensuite un nouveau mot de passe, pour pouvoir entrer par vous-même.
link-spent-title = Ce lien n’est plus valable
link-spent-lead = Il sert une fois et pendant 15 minutes. Demandez-en un autre à qui vous l’a donné.

back-to-sign-in = Retour à la connexion
sign-in-wrong = L’e-mail, le numéro ou le mot de passe ne convient pas. Vérifiez-les et réessayez.
sign-in-wait-seconds = { $count ->
    [one] Trop d’essais étaient faux : attendez 1 seconde.
   *[other] Trop d’essais étaient faux : attendez { $count } secondes.
}
sign-in-wait-minutes = { $count ->
    [one] Trop d’essais étaient faux : attendez 1 minute, ou passez par « Mot de passe oublié ? ».
   *[other] Trop d’essais étaient faux : attendez { $count } minutes, ou passez par « Mot de passe oublié ? ».
}

## One-time codes

code-label = Code
code-help = 6 chiffres. Ne le donnez à personne : chez { $brand }, personne ne vous le demandera.
code-missing = Rien reçu ? Regardez d’abord dans les indésirables.
code-resend = Envoyer un nouveau code
code-wrong = Ce code n’est pas le bon. { $left ->
    [one] Il reste { $left } essai.
   *[other] Il reste { $left } essais.
}
code-gone = Ce code n’est plus valable. Demandez-en un nouveau.
code-wait = { $seconds ->
    [one] Vous pourrez demander un nouveau code dans { $seconds } seconde.
   *[other] Vous pourrez demander un nouveau code dans { $seconds } secondes.
}

## Creating an account

sign-up-title = Créez votre compte
sign-up-lead = Un seul compte pour chaque site qui porte le bouton « Se connecter avec { $brand } ».
sign-up-name = Nom
sign-up-name-help = Comme vous souhaitez être appelé.
sign-up-email = E-mail
sign-up-email-help = Nous y envoyons un code pour vérifier qu’il est bien à vous.
sign-up-by-phone = Utiliser plutôt un numéro de mobile
sign-up-phone = Numéro de mobile
sign-up-phone-help = Commencez par + et le pays. Nous y envoyons un code pour vérifier qu’il est à vous.
sign-up-by-email = Utiliser plutôt une adresse e-mail
sign-up-password = Mot de passe
sign-up-submit = Continuer
sign-up-with-passkey = Utiliser une clé d’accès plutôt qu’un mot de passe
sign-up-key-title = Créez votre clé d’accès
sign-up-key-lead = Elle ouvre votre compte avec votre empreinte, votre visage ou le verrou de votre appareil :
sign-up-key-password = Je préfère choisir un mot de passe
sign-up-known = Vous avez déjà un compte ?
sign-up-terms = En continuant, vous acceptez :

set-up-title = Configurer ce serveur
set-up-lead = Vous créez le compte qui l’administre. Ce lien sert une seule fois.
set-up-email-help = Elle vous sert à vous connecter.
set-up-submit = Créer le compte
set-up-taken = Il y a déjà un compte avec cette adresse. Saisissez-en une autre.
verify-title = Consultez vos e-mails
verify-title-phone = Consultez votre téléphone
verify-sent = Nous avons envoyé un code à
verify-change = Modifier
verify-submit = Continuer

## The second step

second-factor-title = Est-ce bien vous ?
second-factor-email = Saisissez le code envoyé à { $to }.
second-factor-app = Saisissez le code affiché en ce moment par votre application d’authentification.
second-factor-trust = { $count ->
    [one] Ne plus demander dans ce navigateur pendant { $count } jour
   *[other] Ne plus demander dans ce navigateur pendant { $count } jours
}
second-factor-submit = Continuer
second-factor-other = Essayer autrement
second-factor-sms = Saisissez le code que nous avons envoyé par SMS au { $to }.
factor-approval = Un oui depuis un autre navigateur
factor-approval-text = Là où vous êtes déjà connecté
approval-title = Dites oui dans un autre navigateur
approval-how = Dans un navigateur où vous êtes connecté, ouvrez
approval-choose = Choisissez-y ce nombre :
approval-waits = Cette page continue d’elle-même quand vous avez répondu.
approval-look = Regarder à nouveau
approval-on-title = Vous avez dit oui
approval-given = Continuez maintenant ici.
approval-not-yet = Personne n’a encore répondu. Choisissez le nombre dans un navigateur où vous êtes connecté.
approval-over = Aucune question n’est ouverte en ce moment dans vos autres navigateurs.
approval-ask = Demander dans mes autres navigateurs
second-factor-recovery = Saisissez l’un de vos codes de secours. Chacun ne sert qu’une fois.
factor-totp = Application d’authentification
factor-totp-text = Le code que l’application affiche maintenant
factor-recovery = Code de secours
factor-recovery-text = L’un des codes que vous gardez en cas d’urgence
second-factor-email-offer = Nous pouvons envoyer un code à { $to }.
second-factor-sms-offer = Nous pouvons envoyer un code par SMS au { $to }.
second-factor-send = Envoyer un code
second-factor-key-title = Utilisez votre clé
second-factor-key = Utilisez une clé d’accès, ou touchez votre clé de sécurité.
second-factor-key-submit = Utiliser ma clé
second-factor-key-wrong = Nous n’avons pas pu accepter cela. Réessayez, ou choisissez un autre moyen.
second-factor-over = Trop d’erreurs. Revenez en arrière et connectez-vous de nouveau.
second-factor-why-two-step = Vous avez activé la validation en deux étapes : le mot de passe seul ne suffit pas.
second-factor-why-new-browser = Nous ne vous avons encore jamais vu dans ce navigateur. Une preuve de plus tient à l’écart ceux qui connaîtraient votre mot de passe.
second-factor-why-step-up = L’application veut être plus sûre qu’il s’agit de vous.
second-factor-why-again = Vous allez voir ou modifier quelque chose qui ne regarde que vous. Avant cela, nous vérifions que c’est toujours vous.
factor-email = Un code par e-mail
factor-passkey = Une clé d’accès ou de sécurité
factor-passkey-state = Sur l’un de vos appareils, ou à votre porte-clés
factor-sms = Un code par SMS
again-title = Est-ce toujours vous ?
again-none = Il ne reste aucun autre moyen de le prouver. Déconnectez-vous et utilisez « Mot de passe oublié ? ».

## Getting back in

recover-title = Retrouvez votre accès
recover-lead = Indiquez l’e-mail ou le numéro de mobile de votre compte. S’il existe un compte, nous envoyons un code.
recover-submit = Continuer
recover-code-title = Saisissez le code
recover-code-lead = S’il existe un compte, un code est parti à
recover-password-title = Choisissez un nouveau mot de passe
recover-password-lead = Vous serez déconnecté partout ailleurs.
recover-password-submit = Enregistrer et se connecter
delayed-offer = Je ne peux utiliser rien de tout cela
delayed-title = Quand tout moyen d’entrer est perdu
delayed-lead = { $count ->
    [one] Si vous ne pouvez utiliser ni votre mot de passe ni aucune de vos adresses et numéros, nous vous laissons entrer après 1 heure.
   *[other] Si vous ne pouvez utiliser ni votre mot de passe ni aucune de vos adresses et numéros, nous vous laissons entrer après { $count } heures.
}
delayed-text = Nous prévenons toutes les adresses et tous les numéros du compte, tout de suite et encore avant la fin. Qui en lit un, ou se connecte, peut l’arrêter : ainsi personne ne prend un compte en silence.
delayed-identifier-help = Celui de votre compte, même si vous ne pouvez plus lire ce que nous y envoyons.
delayed-email = Une adresse e-mail que vous pouvez lire
delayed-email-help = Après l’attente, nous y envoyons un lien pour choisir un nouveau mot de passe.
delayed-submit = Commencer l’attente
delayed-begun-title = L’attente a commencé
delayed-begun-lead = S’il existe un tel compte, toutes ses adresses et tous ses numéros sont prévenus.
delayed-begun-due = L’attente se termine le
delayed-begun-to = Nous enverrons alors un lien à
delayed-begun-cancelled = Si rien n’arrive, il n’y a pas de tel compte, quelqu’un a arrêté l’attente, ou elle a été demandée trop souvent.
delayed-cancel-link = Arrêter
delayed-cancel-title = Arrêter ?
delayed-cancel-lead = Quelqu’un dit avoir perdu tout moyen d’entrer dans votre compte. Si ce n’était pas vous, arrêtez-le : personne ne sera admis.
delayed-cancelled-title = Arrêté
delayed-cancelled-lead = Personne ne sera admis. Si vous craignez que quelqu’un connaisse votre mot de passe, dites-le-nous : nous gelons votre compte et vous aidons à en choisir un nouveau.
delayed-over-title = Ce lien n’est plus valable
delayed-over-lead = L’attente a été arrêtée, il a déjà servi, ou il est trop ancien.
delayed-finish-title = L’attente est finie : choisissez un nouveau mot de passe
delayed-finish-lead = Tous les autres sont déconnectés, les clés d’accès et autres secondes étapes sont retirées. L’adresse à laquelle nous avons écrit devient une des vôtres.
password-current = Mot de passe actuel
password-new = Nouveau mot de passe
password-submit = Changer de mot de passe
password-wrong = Ce n’est pas votre mot de passe actuel.
password-changed = Votre mot de passe a été changé. Tous les autres navigateurs ont été déconnectés.

## Signing out

sign-out-title = Se déconnecter ?
sign-out-lead = Vous serez déconnecté de { $brand } dans ce navigateur. Les applications gardent l’accès que vous leur avez donné jusqu’à ce que vous le retiriez.
sign-out-stay = Rester connecté
sign-out-confirm = Se déconnecter
signed-out-title = Vous êtes déconnecté
signed-out-lead = Sur un ordinateur partagé, fermez aussi la fenêtre du navigateur.
signed-out-again = Se reconnecter
logout-frames-title = Déconnecté partout
logout-frames-lead = Les applications que vous avez utilisées sont prévenues elles aussi.
logout-page-title = Déconnexion
logout-title = Se déconnecter aussi de { $brand } ?
logout-asks = Vous venez de vous y déconnecter

## Choosing an account

choose-title = Choisissez un compte
choose-other = Utiliser un autre compte

## The answer on its way

form-post-title = Nous vous ramenons
form-post-submit = Continuer

## Devices with a code

device-title = Connecter un appareil
device-lead = Saisissez le code affiché par votre téléviseur, enceinte ou autre appareil.
device-code = Code affiché sur l’appareil
device-code-help = Huit lettres ; les majuscules et le tiret n’ont pas d’importance.
device-submit = Continuer
device-code-wrong = Nous ne connaissons pas ce code. Vérifiez-le, ou faites-en afficher un nouveau.
device-confirm-page-title = Connecter { $app }
device-confirm-title = Connecter { $app } à votre compte ?
device-only-if-you = Continuez seulement si vous avez lancé cela vous-même, sur un appareil devant vous. Jamais pour quelqu’un qui vous a appelé ou écrit.
device-same-code = L’appareil affiche-t-il le même code ?
device-name = Appareil
device-asked = Demandé
device-you-are = Vous êtes à
device-allowed-title = Votre appareil est connecté
device-allowed-text = Vous pouvez continuer avec { $app } sur l’appareil. Cette page peut être fermée.
device-denied-title = Non connecté
device-denied-text = { $app } n’a obtenu aucun accès à votre compte.

## Apps that nobody checked

unverified-page-title = { $app } n’est pas vérifiée
unverified-title = Nous ne savons pas qui a créé { $app }
unverified-text = Elle demande des droits qui peuvent nuire en de mauvaises mains :
unverified-only-if = Continuez seulement si vous connaissez son développeur et lui faites confiance pour cela.
unverified-back = Revenir en lieu sûr
unverified-go-on = Continuer quand même

## Consent

consent-page-title = { $app } demande un accès
consent-test = Application en test : réservée à ses créateurs et à leurs invités
consent-title-sign-in = Se connecter à { $app } avec { $brand }
consent-title-access = { $app } souhaite accéder à votre compte { $brand }
consent-by = par { $publisher }
consent-only-if-you = Continuez seulement si vous venez de lancer cela vous-même.
consent-not-you = Pas vous ?
consent-switch = Changer de compte
consent-sees = { $app } verra
consent-does = { $app } pourra
consent-reads = lecture seule
consent-changes = peut modifier
consent-needed = nécessaire
consent-optional = à votre choix
consent-new = nouveau
consent-reason = { $app } indique :
consent-already = { $count ->
    [one] { $count } chose que vous autorisez déjà
   *[other] { $count } choses que vous autorisez déjà
}
consent-never = Elle n’obtient jamais votre mot de passe, vos réglages en deux étapes ni vos moyens de paiement.
consent-until-removed = L’accès dure jusqu’à ce que vous le retiriez.
consent-hours = { $count ->
    [one] L’accès dure { $count } heure.
   *[other] L’accès dure { $count } heures.
}
consent-offline = Il vaut aussi lorsque vous n’utilisez pas l’application.
consent-way-back = Vous pouvez le retirer à tout moment dans
consent-way-back-link = Applications connectées
consent-which-email = Quel e-mail doit-elle recevoir ?
consent-hide-email = Masquer mon e-mail
consent-hide-email-means = L’application reçoit une adresse créée pour elle, qui vous transmet les messages jusqu’à ce que vous la désactiviez.
consent-returns = Ensuite, vous retournez vers
consent-returns-computer = Ensuite, vous retournez vers une application sur cet ordinateur
consent-returns-device = Ensuite, vous retournez vers une application sur cet appareil
consent-deny = Annuler
consent-allow = Autoriser

## Refusals

error-what-now = Ce que vous pouvez faire
error-for-developers = Pour le développeur de l’application
error-to-account = Aller à votre compte
error-to-support = Obtenir de l’aide
error-unknown-client-title = Nous ne connaissons pas cette application
error-unknown-client-text = Le site qui vous a envoyé ici n’est pas, ou plus, enregistré chez { $brand }.
error-unknown-client-next = Revenez au site et réessayez. Si cela se reproduit, prévenez son exploitant ; nous ne lui avons rien transmis.
error-redirect-uri-title = Ce lien ne ramène pas en lieu sûr
error-redirect-uri-text = L’application a demandé de vous envoyer vers une adresse qu’elle n’a pas enregistrée. Nous nous arrêtons ici pour vous protéger. Rien n’a été transmis.
error-redirect-uri-next = Revenez à l’application et recommencez. Son développeur doit enregistrer exactement la redirect_uri que l’application envoie.
error-request-title = La demande de l’application est incorrecte
error-request-text = L’application qui vous a envoyé ici demande d’une façon à laquelle nous ne pouvons pas répondre. Rien ne lui a été transmis.
error-request-next = Revenez à l’application et recommencez. Si cela se reproduit, donnez à son développeur la référence au bas de cette page.
error-expired-title = Cette page a expiré
error-expired-text = Le formulaire est resté ouvert trop longtemps, a déjà été envoyé ou vient d’ailleurs. Rien n’a été modifié.
error-expired-next = Revenez en arrière, rechargez la page et renvoyez le formulaire.
error-flow-lost-title = Nous avons perdu le fil de cette connexion
error-flow-lost-text = Elle a été commencée dans un autre navigateur, est déjà terminée ou a trop attendu.
error-flow-lost-next = Revenez à l’application et appuyez de nouveau sur son bouton de connexion. Votre compte va bien.
error-sign-in-refused-title = Cette connexion a été refusée
error-sign-in-refused-text = Dans un navigateur où ce compte est connecté, quelqu’un a dit non ou a choisi un autre nombre.
error-sign-in-refused-next = Si c’était une erreur, connectez-vous à nouveau et choisissez le nombre affiché ici.
error-forbidden-title = Vous ne pouvez pas voir cette page
error-forbidden-text = Le compte avec lequel vous êtes connecté n’y a pas accès.
error-forbidden-next = Connectez-vous avec un autre compte, ou demandez à la personne qui vous a donné le lien.
error-not-found-title = Il n’y a pas de page ici
error-not-found-text = L’adresse est peut-être mal saisie, ou la page a été déplacée.
error-not-found-next = Vérifiez l’adresse, ou partez de votre compte.
error-unreadable-title = Nous n’avons pas pu lire l’envoi
error-unreadable-text = Le formulaire est arrivé incomplet ou avec quelque chose qui n’y a pas sa place. Rien n’a été modifié.
error-unreadable-next = Revenez en arrière, rechargez la page et remplissez de nouveau le formulaire.
error-too-large-title = C’est plus que nous n’acceptons
error-too-large-text = L’envoi dépasse ce que cette page autorise. Rien n’a été modifié.
error-too-large-next = Revenez en arrière et envoyez quelque chose de plus court.
error-too-many-title = Faisons une courte pause
error-too-many-text = Il y a eu trop d’essais en peu de temps. Cette pause protège votre compte.
error-too-many-next = Patientez un peu, puis réessayez. Vous n’avez rien à changer.
error-unavailable-title = Nous revenons tout de suite
error-unavailable-text = { $brand } ne peut pas répondre pour l’instant. Rien n’est perdu, et rien n’a été modifié.
error-unavailable-next = Réessayez dans quelques secondes.
error-internal-title = Quelque chose s’est mal passé de notre côté
error-internal-text = C’est notre erreur, pas la vôtre. Elle a été notée.
error-internal-next = Réessayez. Si cela se reproduit, donnez-nous la référence au bas de cette page.

## The account

skip = Aller au contenu
menu = Menu
menu-label = Votre compte
menu-sign-out = Se déconnecter
menu-overview = Vue d’ensemble
menu-apps = Applications connectées
menu-devices = Appareils
menu-security = Sécurité
menu-activity = Activité
menu-data = Données
yes = Oui
no = Non
copy = Copier
copied = Copié
overview-page-title = Votre compte
overview-title = Bonjour, { $name }
overview-lead = Voyez qui peut utiliser votre compte, et changez d’avis à tout moment.
overview-asked = Quelqu’un veut se connecter à votre compte. Est-ce vous ?
overview-apps-none = Aucune application n’a accès à votre compte.
overview-apps = { $count ->
    [one] { $count } application a accès
   *[other] { $count } applications ont accès
}
overview-devices = { $count ->
    [one] Vous êtes connecté dans { $count } navigateur.
   *[other] Vous êtes connecté dans { $count } navigateurs.
}
overview-recent = Activité récente
overview-all = Tout voir

## Connected apps

apps-lead = Ces applications peuvent utiliser votre compte. Ce que vous retirez ici cesse aussitôt.
apps-removed = { $app } ne peut plus atteindre votre compte.
apps-none-title = Aucune application connectée
apps-none-text = Quand vous appuyez sur « Se connecter avec { $brand } » sur un site, il apparaît ici, avec tout ce qu’il peut voir.
apps-using = Peuvent voir ou modifier vos données
apps-signing-in = Connexion seulement
apps-since = Connectée le { $date }
apps-used = Utilisée { $when }
apps-never-used = Pas encore utilisée
apps-offline = aussi en votre absence
app-page-title = { $app } – votre connexion
app-may = Ce qu’elle peut voir et faire
app-connection = Connexion
app-since = Connectée
app-used = Dernière utilisation
app-away = Aussi en votre absence
app-happened = Ce qu’elle a fait
app-open = Ouvrir { $app }
app-take-out = Retirer
app-take-out-named = Retirer : { $scope }
app-places = Où elle est connectée
app-place-unknown = Appareil inconnu
app-disconnect = Déconnecter ici
app-email = Adresse e-mail
app-email-means = { $app } apprend la nouvelle adresse dès sa prochaine demande. Si vous retirez une adresse de votre compte, { $app } reçoit votre adresse principale à la place.
app-email-save = Enregistrer
app-private = Masquer mon e-mail
app-private-on = Ce que { $app } écrit à cette adresse vous est transmis. Si vous répondez, votre réponse montre votre propre adresse.
app-private-off = Ce que { $app } écrit à cette adresse ne vous parvient pas : c’est renvoyé.
app-private-target = Transmettre à
app-private-stop = Ne plus transmettre
app-private-resume = Transmettre à nouveau
app-ask-again = La prochaine fois
app-ask-again-means = { $app } revient avec ce que vous avez autorisé auparavant.
app-asks-again = { $app } devra vous redemander lorsqu’elle voudra de nouveau un accès.
app-ask-again-short = Me redemander
apps-unused = { $count ->
    [one] 1 application n’a pas servi depuis six mois.
   *[other] { $count } applications n’ont pas servi depuis six mois.
}
apps-unused-look = Les parcourir
unused-title = Applications que vous n’utilisez plus
unused-lead = Personne ne s’en est servi depuis six mois. Les retirer met fin à leur accès tout de suite.
unused-none = Chaque application connectée a servi ces six derniers mois.
unused-confirm = { $count ->
    [one] La retirer
   *[other] Retirer les { $count }
}
remove-row = Retirer
remove-short = Retirer l’accès
remove-hint = { $app } perd l’accès dès que vous confirmez.
remove-title = Retirer l’accès de { $app } ?
remove-now = { $app } ne pourra plus rien voir ni modifier à partir de maintenant.
remove-keeps = Elle garde ce qu’elle a déjà reçu.
remove-ask = Lui demander de l’effacer
remove-way-in = Vous pourriez perdre votre moyen de vous connecter à { $app }. Vérifiez qu’il en existe un autre.

## Yes to a sign-in elsewhere

approve-title = Est-ce vous ?
approve-none = Aucune connexion n’attend votre réponse.
approve-asks = Quelqu’un veut se connecter à votre compte
approve-choose = Choisissez le nombre affiché sur l’autre écran.
approve-number = L’autre écran affiche { $number }
approve-only-if = Ne le choisissez que si vous êtes en train de vous y connecter vous-même. Celui qui demande connaît votre mot de passe.
approve-refuse = Non, ce n’est pas moi
approve-approved = Vous avez dit oui. Continuez dans l’autre navigateur.
approve-refused = Nous avons arrêté cette connexion. Si ce n’était pas vous, changez de mot de passe : quelqu’un le connaît.
approve-gone = Cette connexion n’attend plus de réponse.

## Devices

devices-title = Vos appareils
devices-lead = Chaque navigateur et appareil connecté à votre compte, ou auquel vous faites confiance.
devices-ended = La déconnexion est faite.
devices-browsers = Navigateurs
devices-this = ce navigateur
devices-seen = Actif { $when }
devices-since = Connecté le { $date }
devices-trusted = De confiance jusqu’au { $date }
devices-trusted-means = Dans un navigateur de confiance, nous ne demandons pas de deuxième étape.
devices-signed-out = Déconnecté
devices-trust-used = Utilisé { $when }
devices-trust-end = Demander à nouveau
devices-trust-end-named = Demander à nouveau une deuxième étape sur { $device }
devices-trust-end-all = Demander à nouveau partout
devices-end = Déconnecter
devices-end-named = Déconnecter { $device }
devices-end-others = Déconnecter tous les autres
devices-linked = Appareils connectés par code
devices-linked-lead = Téléviseurs, enceintes et autres appareils que vous avez connectés avec un code.
devices-linked-since = Connecté le { $date }
devices-linked-used = Utilisé { $when }
devices-linked-remove = Retirer
devices-linked-remove-named = Retirer { $device }
device-rename = Renommer
device-rename-named = Renommer { $device }
device-rename-title = Renommer { $device }
device-rename-name = Nom de l’appareil
device-rename-help = Un nom qui vous le rappelle, par exemple la pièce où il se trouve.
device-rename-submit = Enregistrer

## Security

security-lead = Comment vous prouvez que c’est vous.
security-review = Quelqu’un d’autre est entré dans votre compte. Passez tout en revue ici, et retirez ce qui n’est pas à vous.
security-change = Changer de mot de passe
security-first = Choisir un mot de passe
security-text = Vous restez connecté ici et serez déconnecté partout ailleurs.
security-passkeys-text = Connectez-vous avec votre empreinte, votre visage ou votre code PIN.
security-passkeys = { $count ->
    [0] Vous n’en avez pas encore.
    [one] Vous en avez une.
   *[other] Vous en avez { $count }.
}
security-sessions = Où vous êtes connecté
two-step-title = Validation en deux étapes
two-step-manage = Configurer
two-step-lead = En plus du mot de passe, nous demandons quelque chose que vous seul avez. Qui apprend le mot de passe n’entre pas pour autant.
two-step-on = Activée depuis le { $date }
two-step-off = La validation en deux étapes est désactivée
two-step-needs = Pour l’activer, il vous faut l’un des moyens ci-dessous et un deuxième pour le jour où vous le perdrez : des codes de secours, ou un autre moyen.
two-step-too-few = Il faut un moyen de passer la deuxième étape et un deuxième pour revenir : des codes de secours dont vous avez saisi l’un, ou un autre moyen. Configurez-en un d’abord.
two-step-turn-on = Activer
two-step-turn-off = Désactiver
two-step-switched-on = La validation en deux étapes est activée.
two-step-switched-off = La validation en deux étapes est désactivée. Votre mot de passe seul suffit de nouveau.
two-step-changed = Vos modifications sont enregistrées.
two-step-apps = Applications d’authentification
two-step-apps-text = Une application sur votre téléphone affiche un nouveau code toutes les 30 secondes, sans réseau.
two-step-codes = Codes que nous envoyons
two-step-codes-text = Qui lit vos e-mails ou détient votre numéro reçoit aussi ces codes. Une application ou une clé est plus sûre.
two-step-save = Enregistrer
two-step-first = Ce que nous demandons d’abord
two-step-is-first = en premier
two-step-make-first = Demander d’abord ceci
two-step-make-first-named = Demander d’abord ceci : { $way }
two-step-back = Retour à la sécurité
authenticator-title = Configurer une application d’authentification
authenticator-lead = Toute application de codes à usage unique convient, par exemple celle de votre gestionnaire de mots de passe.
authenticator-scan = Scannez ceci avec l’application
authenticator-picture = Code QR pour l’application ; la même clé figure dessous en toutes lettres
authenticator-by-hand = Ou saisissez cette clé dans l’application :
authenticator-name = Nom
authenticator-name-help = Ce qui vous fait reconnaître le téléphone ou l’application.
authenticator-code-help = Les 6 chiffres que l’application affiche maintenant.
authenticator-submit = Terminé
authenticator-wrong = Ce n’est pas le code de cette application. Vérifiez l’heure du téléphone et saisissez le code qu’elle affiche maintenant.
authenticator-add = Configurer une application
authenticator-since = Depuis le { $date }
authenticator-used = Utilisée { $when }
authenticator-remove = Retirer
authenticator-remove-named = Retirer { $name }
authenticator-back = Revenir sans la configurer
recovery-codes-title = Codes de secours
recovery-codes-text = Dix codes à garder sur papier, pour le jour où vous perdrez votre téléphone.
recovery-codes-left = { $count ->
    [0] Vous n’en avez aucun.
    [one] Il en reste 1.
   *[other] Il en reste { $count }.
}
recovery-codes-make = Créer des codes de secours
recovery-codes-again = En créer de nouveaux
recovery-codes-new = Vos nouveaux codes de secours
recovery-codes-lead = Notez-les ou enregistrez-les maintenant : nous ne pourrons plus les montrer.
recovery-codes-rule = Chacun sert une fois, à la place de la deuxième étape.
recovery-codes-download = Enregistrer dans un fichier texte
recovery-codes-file = Codes de secours pour { $brand }, créés le { $date }
recovery-codes-confirm = Les avez-vous gardés ?
recovery-codes-confirm-text = Saisissez l’un d’eux. Dès lors ceux-ci comptent, et les anciens plus. Celui que vous saisissez reste valable.
recovery-code-label = L’un des codes
recovery-codes-submit = Je les ai gardés
recovery-codes-wrong = Ce n’est aucun de ces codes.
recovery-codes-kept = Vos codes de secours sont prêts. Gardez-les là où un voleur de votre téléphone ne chercherait pas.

## Passkeys

passkeys-title = Clés d’accès et clés de sécurité
passkeys-lead = Connectez-vous avec votre empreinte, votre visage ou votre code PIN. Rien à retenir, et personne ne peut vous la soutirer.
passkeys-manage = Gérer
passkeys-own = Vos clés
passkeys-none-title = Pas encore de clé d’accès
passkeys-none-text = Ajoutez-en une pour cet appareil : cela prend quelques secondes.
passkeys-full = Il n’y a plus de place. Retirez-en une que vous n’utilisez plus.
passkeys-back = Retour à la sécurité
passkey-plain = Clé d’accès
security-key-plain = Clé de sécurité
security-key-badge = seconde étape seulement
passkey-named = { $model }, { $date }
passkey-since = Ajoutée le { $date }
passkey-used = Utilisée : { $when }
passkey-never-used = Pas encore utilisée
passkey-synced = Sur plusieurs appareils
passkey-change = Modifier
passkey-change-named = Modifier { $key }
passkey-add = Ajouter une clé d’accès
passkey-add-text = Votre appareil vous demandera votre empreinte, votre visage ou son code PIN. Ce qui prouve que c’est vous y reste : nous ne recevons qu’une clé publique.
passkey-create = Créer une clé d’accès
passkey-added = Elle a été ajoutée. Désormais, vous pouvez prouver avec elle que c’est bien vous.
security-key-add = Ajouter une clé de sécurité
security-key-add-text = Préparez votre clé : branchez-la ou approchez-la de votre appareil, puis touchez-la. C’est une seconde étape après votre mot de passe.
security-key-create = Enregistrer la clé
passkey-needs-script = Les clés d’accès ont besoin de JavaScript. Activez-le pour cette page.
passkey-needs-browser = Ce navigateur ne connaît pas les clés d’accès. Utilisez-en un autre, ou une version plus récente.
passkey-already = Cet appareil a déjà une clé d’accès de votre compte.
passkey-failed = Cela n’a pas marché, ou a été annulé. Vous pouvez réessayer.
passkey-over = Cela a pris trop de temps, ou cette page a déjà servi. Réessayez. ({ $code })
passkey-unknown = Nous ne connaissons pas cette clé d’accès, ou elle a été retirée de votre compte. ({ $code })
passkey-taken = Cette clé appartient déjà à un compte. ({ $code })
passkey-unverified = Votre appareil n’a pas vérifié que c’est vous. Réessayez. ({ $code })
passkey-copied = Cette clé a peut-être été copiée, nous ne l’acceptons donc pas. Retirez-la, et ajoutez-en une nouvelle. ({ $code })
passkey-invalid = Nous n’avons pas pu accepter la réponse de votre appareil. Réessayez. ({ $code })
passkey-name = Nom
passkey-name-help = De quoi la reconnaître, par exemple l’appareil où elle se trouve.
passkey-last = C’est votre seul moyen de vous connecter, elle ne peut donc pas être retirée. Choisissez d’abord un mot de passe ou ajoutez une autre clé d’accès.
passkey-remove-title = La retirer
passkey-remove-text = Vous ne pourrez plus l’utiliser ici. Supprimez-la aussi sur votre appareil, pour qu’elle ne soit plus proposée.
passkey-remove-submit = Retirer
passkey-removed = Elle a été retirée.

## How you are reached

contacts-title = Adresses e-mail et numéros de mobile
contacts-lead = Comment nous vous joignons, et comment vous revenez si vous oubliez votre mot de passe.
contacts-change = Modifier
contacts-emails = Adresses e-mail
contacts-numbers = Numéros de mobile
contacts-primary = principal
contacts-not-proved = non confirmé
contacts-make-primary = Rendre principal
contacts-make-primary-named = Rendre { $contact } principal
contacts-remove = Retirer
contacts-remove-named = Retirer { $contact }
contacts-add = En ajouter
contacts-add-text = Nous y envoyons un code pour vérifier que l’adresse ou le numéro est à vous. Les applications ne reçoivent que le principal.
contacts-send-code = Envoyer un code
contacts-undo-hint = Après chaque changement, nous prévenons toutes vos adresses et tous vos numéros. Depuis ce message, le changement peut être annulé pendant sept jours.
contacts-back = Retour à Sécurité
contacts-added = Ajouté. Vos autres adresses et numéros ont été prévenus.
contacts-removed = Retiré. Toutes vos adresses et tous vos numéros ont été prévenus.
contacts-primary-changed = Les applications le recevront désormais. Toutes vos adresses et tous vos numéros ont été prévenus.
contacts-last = C’est le seul moyen de vous joindre. Ajoutez-en d’abord un autre, puis retirez celui-ci.
contacts-primary-stays = Le principal ne peut pas être retiré. Choisissez d’abord un autre principal.
contacts-unproved = Confirmez-le avec un code avant de le rendre principal.
contacts-too-many = Il y a de la place pour dix. Retirez-en d’abord un.
contact-own = Il est déjà dans votre liste.
contact-no-texts-here = { $brand } n’envoie pas de SMS. Saisissez une adresse e-mail.
contact-code-title = Confirmez que c’est à vous
contacts-undo-title = Annuler ce changement ?
contacts-undo-lead = Vos adresses e-mail et numéros de mobile redeviennent ce qu’ils étaient avant. Ce qui a été changé ensuite est annulé aussi.
contacts-undo-when = Il a été fait le
contacts-undone-title = Le changement est annulé
contacts-undone-lead = Vos adresses et numéros sont ce qu’ils étaient. Si c’est quelqu’un d’autre qui les a changés, cette personne est peut-être encore connectée : gelez votre compte et choisissez un nouveau mot de passe.
contacts-undo-old-title = Ce changement ne peut plus être annulé
contacts-undo-old-lead = Il date de plus de sept jours, ou a déjà été annulé. Si quelqu’un d’autre est dans votre compte, vous pouvez toujours choisir un nouveau mot de passe : cela déconnecte tous les autres.

## Activity

activity-lead = Ce qui s’est passé sur votre compte ces 90 derniers jours.
activity-none-title = Encore rien
activity-none-text = Les connexions, les changements et les applications que vous connectez apparaîtront ici.
activity-kind = Quoi
activity-kind-any = Tout
activity-kind-sign-ins = Connexions et déconnexions
activity-kind-apps = Applications et appareils
activity-kind-account = Changements du compte
activity-app = Application
activity-app-any = Avec ou sans application
activity-days = Quand
activity-days-any = N’importe quand
activity-days-1 = Ces dernières 24 heures
activity-days-7 = Ces 7 derniers jours
activity-days-30 = Ces 30 derniers jours
activity-filter = Afficher
activity-none-here-title = Rien de tel
activity-none-here-text = Rien sur votre compte ne correspond à votre choix.
activity-all = Tout afficher
activity-file = Garder une copie de cette liste :
activity-pages = Activité plus ancienne et plus récente
activity-newer = Plus récent
activity-older = Plus ancien
activity-unknown = Ce n’était pas vous ?
activity-change-password = Changez votre mot de passe

## Data

data-title = Vos données
data-lead = Ce que nous gardons à votre sujet, et comment l’emporter.
data-held = Ce que nous gardons
data-more = { $count ->
    [one] Et encore 1 : il est dans la copie.
   *[other] Et encore { $count } : ils sont dans la copie.
}
data-change = Modifier : { $what }
data-activity = Ce qui se passe sur votre compte est gardé 90 jours.
data-secrets = Nous gardons en outre de quoi vérifier votre mot de passe, vos codes et vos appareils. Cela ne peut pas être relu et ne figure donc dans aucune copie.
data-copy = Emportez-les
data-copy-means = Nous mettons tout ce qui précède et toute votre activité dans un seul fichier : une page à lire, et du JSON pour d’autres programmes. Nous vous écrivons quand il est prêt.
data-copy-ask = Préparer une copie
data-copy-new = En préparer une nouvelle
data-copy-preparing = Votre copie est en préparation
data-copy-wait = Cela prend de quelques secondes à quelques minutes. Vous pouvez quitter cette page.
data-copy-look = Regarder à nouveau
data-copy-ready = Votre copie est prête. Elle reste ici jusqu’au { $date }.
data-copy-fetch = Télécharger ({ $size } ko)
data-copy-title = Une copie de votre compte
data-copy-made = Faite le { $date }.
held-account = Vous
held-contacts = Adresses e-mail et numéros de mobile
held-proofs = Connexion
held-keys = Clés d’accès et clés de sécurité
held-authenticators = Applications d’authentification
held-sessions = Où vous êtes connecté
held-browsers = Navigateurs avec lesquels vous vous êtes connecté
held-trusted = Navigateurs sans deuxième étape
held-expires-at = Jusqu’au
held-linked-devices = Appareils associés
held-apps = Applications que vous avez autorisées
held-connections = Où des applications sont connectées
held-private-emails = Adresses faites pour une seule application
held-own-apps = Applications que vous avez enregistrées
held-messages = Messages qui vous ont été envoyés ces 14 derniers jours
held-name = Nom
held-language = Langue des messages
held-created-at = Depuis
held-terms-accepted-at = Conditions acceptées
held-terms-version = Version des conditions
held-suspended-at = Suspendu depuis
held-suspended-reason = Pourquoi
held-given-name = Prénom
held-family-name = Nom de famille
held-middle-name = Deuxième prénom
held-nickname = Surnom
held-preferred-username = Nom d’utilisateur
held-profile = Page de profil
held-picture = Image
held-website = Site web
held-gender = Genre
held-birthdate = Date de naissance
held-zoneinfo = Fuseau horaire
held-locale = Langue
held-address = Adresse
held-contact = Adresse ou numéro
held-primary = Principal
held-added-at = Ajouté
held-verified-at = Prouvé
held-password-changed-at = Mot de passe choisi
held-two-step-at = Validation en deux étapes depuis
held-preferred-factor = Demandé en premier
held-recovery-codes = Codes de récupération restants
held-frozen-at = Gelé depuis
held-thawed-at = Repris
held-label = Nom
held-kind = Sorte
held-kind-passkey = Clé d’accès
held-kind-security-key = Clé de sécurité
held-last-used-at = Dernière utilisation
held-browser = Navigateur
held-place = Lieu
held-proved-at = Dernière preuve
held-last-seen-at = Vu en dernier
held-first-seen-at = Vu en premier
held-linked-at = Associé
held-app = Application
held-client-id = Son numéro
held-scope = Peut
held-declined = Vous avez exclu
held-connected-at = Connectée
held-consented-at = Autorisée en dernier
held-ended-at = Terminé
held-sent-at = Envoyé
held-event = Quoi
event-export-asked = Vous avez demandé une copie de vos données
event-export-fetched = Vous avez téléchargé une copie de vos données
export-asked-subject = Quelqu’un a demandé une copie de vos données { $brand }
export-asked-text = Quelqu’un qui était connecté à votre compte { $brand } et l’a prouvé à nouveau a demandé une copie de tout ce qu’il contient.
export-ready-subject = Votre copie de { $brand } est prête
export-ready-text = La copie de vos données que vous avez demandée est prête. Vous la trouvez sous « Vos données ».
export-ready-advice = { $count ->
    [one] Elle y reste 1 jour.
   *[other] Elle y reste { $count } jours.
} Pour la télécharger, connectez-vous et prouvez que c’est vous.

## An app reported

report-title = Signaler { $app }
report-lead = Ceci est lu par les personnes qui gèrent { $brand }. L’application n’apprend pas qui l’a signalée.
report-reason = Qu’est-ce qui ne va pas ?
report-no-reason = Choisissez ce qui ne va pas.
report-too-long = Utilisez 1000 caractères au plus.
report-pretends = Elle se fait passer pour une autre
report-asks-too-much = Elle demande plus que nécessaire
report-misuses = Elle fait de mes données ce qu’elle ne devrait pas
report-other = Autre chose
report-details = Que s’est-il passé ? (facultatif)
report-submit = Envoyer le signalement
report-sent = Merci. Votre signalement est envoyé.
report-next = Si vous ne faites plus confiance à l’application, retirez son accès :
event-app-reported = Vous avez signalé { $app }
held-reports = Ce que vous avez signalé
held-reason = Ce qui ne va pas
held-details = Dans vos mots
app-reported-subject = Une application a été signalée : { $app }
app-reported-text = Quelqu’un a signalé l’application { $app }.
app-reported-reason = Ce qui ne va pas
app-reported-details = Dans les mots de la personne
app-reported-advice = « countersign apps reports » énumère tous les signalements.

## The end of the account

deletion-title = Supprimer votre compte
deletion-lead = Tout ce que nous gardons sur vous est supprimé, et après 14 jours personne ne peut le rétablir.
deletion-breaks = Ce qui ne marchera plus
deletion-sessions = Vous êtes déconnecté partout, tout de suite.
deletion-apps = Vous ne pourrez plus vous connecter ainsi à :
deletion-devices = Ces appareils perdent leur connexion :
deletion-own-apps = Ces applications à vous prennent fin pour tous ceux qui les utilisent :
deletion-apps-keep = Les applications gardent ce qu’elles ont déjà reçu. Si vous voulez qu’elles le suppriment, demandez-le-leur avant de partir.
deletion-last = C’est la dernière question
deletion-until = Jusqu’au { $date }, vous pouvez revenir en arrière : connectez-vous, ou suivez le lien que nous envoyons à toutes vos adresses et tous vos numéros.
deletion-confirm = Supprimer mon compte
deletion-no = Non, revenir à vos données
deletion-short = Supprimer votre compte
deletion-short-means = Vous voyez d’abord ce qui ne marchera plus. Ensuite, vous avez 14 jours pour revenir en arrière.
deletion-go = Voir ce qui ne marchera plus
deletion-done-title = Votre compte est fermé
deletion-done-lead = Vous êtes déconnecté partout, et aucune application ne reçoit plus rien. Tout est supprimé le { $date } ; jusque-là, il suffit de vous connecter pour le retrouver.
deletion-done-home = Vers la page d’accueil
keep-title = Garder votre compte ?
keep-lead = Vous vouliez supprimer votre compte. Rien n’en est encore perdu.
keep-due = Il sera supprimé :
keep-submit = Garder mon compte
keep-otherwise = Si vous voulez toujours le supprimer, il n’y a rien à faire.
keep-done-title = Votre compte est gardé
keep-done-lead = Tout est comme avant. Reconnectez-vous là où vous voulez l’être.
keep-over-title = Ce lien n’est plus valable
keep-over-lead = Le compte a déjà été gardé, ou il n’existe plus.
event-deletion-asked = Vous avez demandé la suppression de votre compte
event-account-kept = Vous avez gardé votre compte
event-account-erased = Un compte a été supprimé pour de bon
deletion-begun-subject = Votre compte { $brand } sera supprimé le { $date }
deletion-begun-text = Quelqu’un qui était connecté à votre compte { $brand } et l’a prouvé à nouveau a demandé sa suppression. Il est maintenant fermé, et tout ce qu’il contient est supprimé le { $date }.
deletion-begun-advice = Si c’était vous, il n’y a rien à faire. Sinon, ou si vous avez changé d’avis, gardez-le : appuyez sur le bouton, ou connectez-vous.
account-kept-subject = Votre compte { $brand } est gardé
account-kept-text = La suppression de votre compte { $brand } a été annulée. Tout est comme avant.
account-removed-subject = Votre compte { $brand } est supprimé
account-removed-text = Comme vous l’avez demandé, votre compte { $brand } et tout ce qu’il contient sont maintenant supprimés. C’est le dernier message que vous recevez.
account-removed-advice = Il n’y a rien à faire. Les applications gardent ce qu’elles ont reçu avant ; demandez-leur de le supprimer.

## The front door

home-page-title = Bienvenue
home-title = Un compte. Vous décidez qui voit quoi.
home-lead = Connectez-vous à d’autres sites avec { $brand }, sans nouveau mot de passe pour chacun.
home-account = Aller à votre compte
home-one-title = Une seule connexion
home-one-text = Appuyez sur « Se connecter avec { $brand } », et vous y êtes.
home-see-title = Voir avant de partager
home-see-text = Chaque site vous montre exactement ce qu’il recevra, avec les vraies valeurs.
home-back-title = Reprendre à tout moment
home-back-text = Retirez l’accès d’un site, et il cesse à l’instant même.

## The inbox of a server that sends nothing

inbox-title = Boîte de réception
inbox-lead = Ce serveur tourne sur votre propre machine et n’envoie pas de courrier. Chaque message qu’il enverrait est gardé ici.
inbox-none-title = Aucun message
inbox-none-text = Créez un compte, et son code sera ici.
inbox-open = Ouvrir le lien de ce message

## What happened

some-app = une application
event-sign-up = Vous avez créé votre compte
event-sign-up-repeated = Quelqu’un a essayé de créer un compte avec votre adresse
event-sign-in = Vous vous êtes connecté
event-sign-in-failed = Quelqu’un a essayé de se connecter sans y parvenir
event-second-factor-failed = Quelqu’un a échoué à la deuxième étape de la connexion
event-proved-again = Vous avez prouvé de nouveau que c’était vous
event-two-step-on = Vous avez activé la validation en deux étapes
event-two-step-off = Vous avez désactivé la validation en deux étapes
event-two-step-changed = Vous avez modifié la validation en deux étapes
event-authenticator-added = Vous avez configuré une application d’authentification
event-authenticator-removed = Vous avez retiré une application d’authentification
event-recovery-codes-made = Vous avez créé de nouveaux codes de secours
event-recovery-code-used = Un code de secours a été utilisé
event-sign-in-approved = Vous avez approuvé une connexion dans un autre navigateur
event-sign-in-refused = Vous avez refusé une connexion dans un autre navigateur
event-sign-out = Vous vous êtes déconnecté
event-browser-trusted = Vous avez choisi de ne plus passer la deuxième étape dans un navigateur
event-trust-ended = Vous voulez à nouveau passer la deuxième étape
event-session-ended = Vous avez déconnecté un autre navigateur
event-consent-given = Vous avez autorisé { $app } à utiliser votre compte
event-consent-refused = Vous n’avez pas autorisé { $app } à utiliser votre compte
event-access-removed = Vous avez retiré un accès : { $app }
event-scope-removed = Vous avez retiré quelque chose à { $app }
event-shared-email-changed = Vous avez choisi une autre adresse e-mail pour { $app }
event-private-email-stopped = Vous avez arrêté les e-mails de { $app } à l’adresse créée pour elle
event-private-email-resumed = Vous laissez à nouveau passer les e-mails de { $app }
event-private-email-moved = Vous avez choisi où vont les e-mails de { $app }
event-app-signed-out = Vous avez déconnecté { $app } à un endroit
event-app-signed-in = Vous avez été connecté à { $app }
event-device-linked = Vous avez connecté un appareil avec { $app }
event-device-renamed = Vous avez renommé un appareil avec { $app }
event-device-removed = Vous avez retiré un appareil avec { $app }
event-token-reused = Nous avons mis fin à un accès, car une clé a servi deux fois : { $app }
event-password-changed = Vous avez changé votre mot de passe
event-passkey-added = Vous avez ajouté une clé d’accès ou de sécurité
event-passkey-renamed = Vous avez renommé une clé d’accès ou de sécurité
event-passkey-refused = Quelqu’un a essayé de se connecter avec une clé d’accès que nous n’avons pas acceptée
event-passkey-removed = Vous avez retiré une clé d’accès ou de sécurité
event-recovery-begun = Quelqu’un a demandé un code pour choisir un nouveau mot de passe
event-delayed-recovery-begun = Quelqu’un qui dit avoir perdu tout moyen d’entrer a commencé à attendre
event-delayed-recovery-cancelled = Cette attente a été annulée depuis un message
event-delayed-recovery-done = Un nouveau mot de passe a été choisi après l’attente
event-recovered = Vous avez choisi un nouveau mot de passe avec un code
event-frozen = Vous avez gelé votre compte depuis un message
event-contact-added = Vous avez ajouté une adresse e-mail ou un numéro de mobile
event-contact-removed = Vous avez retiré une adresse e-mail ou un numéro de mobile
event-primary-contact-changed = Vous avez choisi une autre adresse ou un autre numéro principal
event-contact-change-undone = Un changement de vos adresses et numéros a été annulé depuis un message
event-contact-claimed = Quelqu’un a voulu ajouter votre adresse ou votre numéro à un autre compte
event-suspended = Les responsables de { $brand } ont suspendu votre compte
event-unsuspended = Les responsables de { $brand } ont levé la suspension
event-unlocked = Les responsables de { $brand } ont débloqué votre compte
event-sign-in-reset = Les responsables de { $brand } ont déconnecté tout le monde de votre compte
event-sign-in-link-made = Les responsables de { $brand } ont fait un lien de connexion à votre compte
event-sign-in-by-link = Quelqu’un s’est connecté avec un lien des responsables de { $brand }
event-profile-changed = Vous avez modifié votre profil
event-app-registered = Une application s’est inscrite : { $app }
event-app-changed = Une application a modifié son inscription : { $app }
event-app-deleted = Une application a mis fin à son inscription : { $app }
event-refused = Une demande a été refusée : { $app }

## What apps may be told

claim-name = Nom
claim-given-name = Prénom
claim-family-name = Nom de famille
claim-middle-name = Deuxième prénom
claim-nickname = Surnom
claim-preferred-username = Nom d’utilisateur
claim-profile = Page de profil
claim-picture = Photo
claim-website = Site web
claim-gender = Genre
claim-birthdate = Date de naissance
claim-zoneinfo = Fuseau horaire
claim-locale = Langue
claim-email = E-mail
claim-is-private-email = Masque une autre adresse e-mail
claim-phone-number = Numéro de mobile
claim-address = Adresse postale
scope-openid = Vous reconnaître à votre retour
scope-profile = Voir votre nom et votre profil
scope-email = Voir votre adresse e-mail
scope-address = Voir votre adresse postale
scope-phone = Voir votre numéro de mobile
scope-offline-access = Garder l’accès en votre absence
scope-of-app = Elle demande la permission « { $scope } ».
error-suspended-title = Ce compte est suspendu
error-suspended-text = Les responsables de { $brand } l’ont suspendu. Rien n’y est perdu.
error-suspended-next = Demandez aux responsables de { $brand } pourquoi, et comment le récupérer.

## Ce que les gens écrivent : une ligne pour chaque chose qui peut ne pas aller

email-empty = Saisissez votre adresse e-mail.
email-no-at = Une adresse e-mail ressemble à nom@example.org.
email-local = Il y a avant le @ un caractère impossible dans une adresse e-mail.
email-domain = Après le @ il n’y a pas de domaine comme example.org.
email-too-long = Une adresse e-mail a au plus 254 caractères.
email-suggestion = Vouliez-vous dire { $address } ?
phone-empty = Saisissez votre numéro de mobile.
phone-no-country = Commencez par + et l’indicatif du pays, par exemple +33.
phone-unknown = Ce numéro de téléphone n’existe pas. Vérifiez les chiffres.
phone-no-texts = Ce numéro ne peut pas recevoir de SMS. Saisissez un numéro de mobile.
name-empty = Un nom contient au moins une lettre ou un chiffre.
name-too-long = Un nom a au plus 100 caractères.
name-unseen = Le nom contient un caractère invisible. Tapez-le de nouveau à la main.
name-address = Un nom ne peut pas contenir d’adresse web.
password-too-short = Utilisez au moins { $count } caractères.
password-too-long = Utilisez au plus 256 caractères.
password-unseen = Le mot de passe contient un caractère impossible à taper, comme un saut de ligne.
password-personal = Ne mettez ni votre nom ni votre adresse dans le mot de passe.
password-common = Ce mot de passe est l’un des premiers que les voleurs essaient. Choisissez-en un autre.
password-guessable = Ce mot de passe est facile à deviner. Allongez-le : trois ou quatre mots sans rapport entre eux.
password-hint-keyboard = Les suites de touches sont faciles à deviner.
password-hint-repeats = Répéter ne rend pas plus sûr.
password-hint-common = Beaucoup de gens utilisent ce mot de passe.
password-hint-like-common = Il ressemble à un mot de passe que beaucoup utilisent.
password-hint-sequence = Les suites comme abc ou 6543 sont faciles à deviner.
password-hint-date = Les années et les dates sont faciles à deviner.
password-hint-one-word = Un seul mot est facile à deviner.
password-hint-name = Les noms sont faciles à deviner.
password-hint-disguise = Les majuscules, les mots à l’envers et 0 pour o aident peu.
password-hint-more-words = Ajoutez un ou deux mots. Les mots rares sont les meilleurs.
password-hint-no-symbols = Ni symboles, ni chiffres, ni majuscules ne sont nécessaires.
device-browser-on = { $browser } sous { $system }
device-computer = Ordinateur
device-phone = Téléphone
device-tablet = Tablette
device-appliance = Téléviseur ou console
device-unknown = Appareil inconnu

## E-mails et SMS

message-hello = Bonjour { $name },
message-hello-anybody = Bonjour,
message-code-rule = Saisissez-le dans { $minutes ->
    [one] la minute
   *[other] les { $minutes } minutes
} sur la page où vous l’avez demandé. Personne chez { $brand } ne vous demandera jamais ce code : ne le communiquez à personne et ne le saisissez nulle part ailleurs que sur { $host }.
message-code-secret = Ne le communiquez à personne.
message-fact = { $name } : { $value }
message-when = Quand
message-device = Appareil
message-place = Où
message-not-me = Si c’était vous, il n’y a rien à faire. Sinon, dites-le-nous : nous gelons votre compte, déconnectons tout le monde et vous aidons à le reprendre.
sign-up-code-subject = { $code } est votre code pour { $brand }
sign-up-code-text = Voici votre code pour créer un compte chez { $brand } :
sign-up-code-ignore = Si vous ne l’avez pas demandé, ignorez ce message ; aucun compte n’est créé sans le code.
sign-up-repeated-subject = Vous avez déjà un compte chez { $brand }
sign-up-repeated-text = Quelqu’un, peut-être vous, a voulu créer un compte chez { $brand } avec cette adresse. Vous en avez déjà un ; rien n’a été modifié.
sign-up-repeated-advice = Si ce n’était pas vous, il n’y a rien à faire : sans votre mot de passe, personne n’entre.
access-removed-subject = Vous avez retiré l’accès de { $app }
access-removed-text = { $app } ne peut plus rien voir ni modifier de votre compte. Elle garde ce qu’elle a déjà reçu ; demandez-lui de l’effacer.
access-removed-advice = Si vous n’entriez chez { $app } que de cette façon, vérifiez qu’il en existe une autre.
recovery-code-subject = { $code } est votre code pour { $brand }
recovery-code-text = Voici votre code pour choisir un nouveau mot de passe chez { $brand } :
recovery-code-ignore = Si vous ne l’avez pas demandé, ignorez ce message ; sans le code, rien ne change.
second-factor-code-subject = { $code } est votre code pour { $brand }
second-factor-code-text = Voici votre code pour la deuxième étape de la connexion à { $brand } :
second-factor-code-ignore = Si vous n’êtes pas en train de vous connecter, quelqu’un d’autre connaît votre mot de passe : changez-le.
two-step-on-subject = Validation en deux étapes activée pour votre compte { $brand }
two-step-on-text = Désormais, votre compte { $brand } demande une deuxième étape en plus du mot de passe.
two-step-off-subject = Validation en deux étapes désactivée pour votre compte { $brand }
two-step-off-text = Désormais, le mot de passe seul ouvre votre compte { $brand }.
two-step-changed-subject = La deuxième étape de votre compte { $brand } a été modifiée
two-step-changed-text = Quelqu’un a modifié l’envoi des codes pour la deuxième étape de votre compte { $brand }.
authenticator-added-subject = Une application d’authentification a été ajoutée à votre compte { $brand }
authenticator-added-text = Une application d’authentification a été configurée pour la deuxième étape de votre compte { $brand }.
authenticator-removed-subject = Une application d’authentification a été retirée de votre compte { $brand }
authenticator-removed-text = Une application d’authentification ne peut plus servir à la deuxième étape de votre compte { $brand }.
recovery-codes-made-subject = Nouveaux codes de secours pour votre compte { $brand }
recovery-codes-made-text = De nouveaux codes de secours ont été créés pour votre compte { $brand }. Les anciens ne valent plus.
recovery-code-used-subject = Un code de secours de votre compte { $brand } a été utilisé
recovery-code-used-text = Quelqu’un qui connaissait votre code de secours l’a utilisé à la place de la deuxième étape. Il ne vaut plus.
recovery-begun-subject = Quelqu’un est en train de reprendre votre compte { $brand }
recovery-begun-text = Quelqu’un a saisi le code envoyé à un autre de vos contacts et peut maintenant choisir un nouveau mot de passe pour votre compte { $brand }.
recovered-subject = Votre mot de passe { $brand } a été réinitialisé
recovered-text = Un nouveau mot de passe a été choisi pour votre compte { $brand } par « Mot de passe oublié ? ». Tous les autres ont été déconnectés, et les applis doivent vous redemander.
sign-in-refused-subject = Nous avons arrêté une connexion à votre compte { $brand }
sign-in-refused-text = Quelqu’un qui connaissait votre mot de passe voulait se connecter. Dans un navigateur où vous êtes connecté, cela a été refusé. Si ce n’est pas vous qui avez essayé, changez de mot de passe.
new-browser-subject = Nouvelle connexion à votre compte { $brand }
new-browser-text = Quelqu’un s’est connecté à votre compte { $brand } avec un navigateur qui n’avait jamais servi pour ce compte.
password-changed-subject = Votre mot de passe { $brand } a été modifié
password-changed-text = Le mot de passe de votre compte { $brand } a été modifié par quelqu’un qui connaissait l’ancien. Tous les autres navigateurs ont été déconnectés.
passkey-added-subject = Une clé d’accès a été ajoutée à votre compte { $brand }
passkey-added-text = Quelqu’un qui était connecté a ajouté une clé d’accès ou de sécurité à votre compte { $brand }. Elle permet de prouver que l’on est vous.
passkey-removed-subject = Une clé d’accès a été retirée de votre compte { $brand }
passkey-removed-text = Quelqu’un qui était connecté a retiré une clé d’accès ou de sécurité de votre compte { $brand }. Elle ne vaut plus rien.
message-contact = Adresse ou numéro
message-undo = Si c’était vous, il n’y a rien à faire. Sinon, annulez ce changement sous sept jours ; vous pourrez aussi y geler votre compte.
contact-code-subject = { $code } est votre code pour { $brand }
contact-code-text = Voici votre code pour ajouter cette adresse ou ce numéro à votre compte { $brand } :
contact-code-ignore = Si vous ne l’avez pas demandé, ignorez ce message ; sans le code, rien n’est ajouté.
contact-taken-subject = Quelqu’un a voulu ajouter votre adresse à un autre compte
contact-taken-text = Quelqu’un a essayé d’ajouter cette adresse ou ce numéro à un autre compte chez { $brand }. Il appartient au vôtre, donc rien n’a été changé.
contact-added-subject = Une nouvelle adresse ou un nouveau numéro dans votre compte { $brand }
contact-added-text = Une adresse ou un numéro a été ajouté à votre compte { $brand }. Il permet de revenir dans le compte.
contact-removed-subject = Une adresse ou un numéro a été retiré de votre compte { $brand }
contact-removed-text = Une adresse ou un numéro a été retiré de votre compte { $brand }. Il ne permet plus de se connecter ni de revenir dans le compte.
contact-primary-subject = Votre compte { $brand } a une autre adresse ou un autre numéro principal
contact-primary-text = Une autre adresse ou un autre numéro de votre compte { $brand } est devenu le principal : les applications le reçoivent désormais.
contact-undone-subject = Un changement de votre compte { $brand } a été annulé
contact-undone-text = Quelqu’un a appuyé sur « Annuler ce changement » dans un de nos messages. Les adresses et numéros de votre compte { $brand } sont ce qu’ils étaient avant.
contact-undo-link = Annuler ce changement
link-used-subject = Quelqu’un s’est connecté à votre compte { $brand } avec un lien des responsables
link-used-text = Les responsables de { $brand } ont fait un lien qui connecte une fois à votre compte, et il a été utilisé.
delayed-notice-subject = Quelqu’un veut entrer dans votre compte { $brand } après une attente
delayed-notice-text = Quelqu’un dit avoir perdu tout moyen d’entrer dans votre compte { $brand }. Si personne ne l’arrête, cette personne pourra choisir un nouveau mot de passe à la fin de l’attente.
delayed-notice-due = Fin de l’attente
delayed-notice-address = On lui écrira à
delayed-notice-advice = Si c’était vous, il n’y a rien à faire. Sinon, arrêtez-le ; se connecter l’arrête aussi.
delayed-ready-subject = Vous pouvez choisir un nouveau mot de passe pour { $brand }
delayed-ready-text = L’attente est finie, et personne ne l’a arrêtée. Vous pouvez maintenant choisir un nouveau mot de passe pour votre compte { $brand }.
delayed-ready-advice = { $count ->
    [one] Le lien sert une fois et pendant 1 jour.
   *[other] Le lien sert une fois et pendant { $count } jours.
} Si vous n’avez rien demandé, ignorez ce message.
delayed-done-subject = Quelqu’un est entré dans votre compte { $brand } après une attente
delayed-done-text = Quelqu’un qui disait avoir perdu tout moyen d’entrer a choisi un nouveau mot de passe pour votre compte { $brand } après l’attente. Tous les autres ont été déconnectés, et son adresse a été ajoutée aux vôtres.
delivery-test-subject = Un message d’essai de { $brand }
delivery-test-text = Les responsables de { $brand } ont envoyé ceci pour voir si leurs messages arrivent. Ils arrivent.
delivery-test-advice = Il n’y a rien à faire.

## Ce n’était pas moi

not-me-link = Ce n’était pas moi
not-me-title = Ce n’était pas vous ?
not-me-lead = Alors nous gelons votre compte immédiatement : tout le monde est déconnecté, aucune appli n’y accède et personne ne peut se connecter avant que vous ayez choisi un nouveau mot de passe.
not-me-next = Ensuite nous envoyons un code à { $address } pour que vous puissiez reprendre votre compte.
not-me-submit = Geler mon compte
not-me-old-title = Ce lien n’est plus valable
not-me-old-lead = Il est trop ancien, ou vous avez repris votre compte depuis. Si quelque chose ne va pas maintenant, vous pouvez toujours choisir un nouveau mot de passe : tous les autres seront déconnectés.
not-me-recover = Choisir un nouveau mot de passe
