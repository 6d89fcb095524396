//! What these screens say, in French and English. What the server's pages say as well is worded
//! in `guichet_domain::say::claim`.

use guichet_domain::lang::Lang;

macro_rules! texts {
    ($($name:ident: $fr:literal, $en:literal;)*) => {
        /// The sentences of one language.
        pub(super) struct Texts {
            $(pub(super) $name: &'static str,)*
        }

        static FR: Texts = Texts { $($name: $fr,)* };
        static EN: Texts = Texts { $($name: $en,)* };
    };
}

texts! {
    choose: "Choisissez…", "Choose…";
    order_hint: "Facultatif. Il figure dans l’e-mail de confirmation.", "Optional. It stands in the confirmation e-mail.";
    email_hint: "L’accusé de réception et la réponse y arrivent.", "The receipt and the answer go there.";
    email_optional: "Facultatif\u{a0}: pour recevoir la confirmation.", "Optional: to get the confirmation.";
    phone_hint: "Si vous préférez être appelé.", "If you prefer to be called.";
    text_optional: "Facultatif\u{a0}: de quoi s’agit-il\u{a0}?", "Optional: what is it about?";
    optional: "Facultatif.", "Optional.";
    files: "Photos ou documents", "Photos or documents";
    files_hint: "Facultatif\u{a0}: jusqu’à 5 fichiers de 10\u{a0}Mo, photos ou PDF.", "Optional: up to 5 files of 10\u{a0}MB, photos or PDF.";
    remove: "Retirer", "Remove";
    purpose: "Ces informations servent à vous répondre, et à rien d’autre. Ce que vous écrivez est gardé sur cet appareil jusqu’à l’envoi.", "We use this to answer you, and for nothing else. What you write is kept on this device until it is sent.";
    restored: "Nous avons retrouvé ce que vous aviez commencé à écrire.", "We found what you had begun to write.";
    not_left: "Cette demande n’est pas encore partie. Si vous aviez joint des fichiers, ajoutez-les de nouveau.", "This request has not left yet. If you had attached files, please add them again.";
    start_over: "Recommencer", "Start over";
    answered: "Réponse", "Answer";
    slots_wait: "Les créneaux libres arrivent…", "The free times are on their way…";
    slots_none: "Aucun créneau n’est libre pour le moment. Écrivez-nous plutôt.", "No time is free at the moment. Please write to us instead.";
    send: "Envoyer", "Send";
    send_call: "Demander le rappel", "Ask for the call";
    sending: "Envoi en cours…", "Sending…";
    review: "Quelques points à revoir avant l’envoi.", "A few things to look at before sending.";
    offline: "Votre demande n’est pas partie\u{a0}: la connexion ne répond pas. Elle est gardée sur cet appareil, et repartira une seule fois.", "Your request has not left: the connection does not respond. It is kept on this device and will be sent once only.";
    already: "Une première version de cette demande est déjà arrivée\u{a0}; son numéro est dans l’accusé de réception envoyé par e-mail. Envoyez de nouveau pour ouvrir une seconde demande.", "A first version of this request has arrived already; its number is in the receipt sent by e-mail. Send again to open a second request.";
    arrived: "Votre demande est arrivée", "Your request has arrived";
    booked: "Votre rappel est noté", "Your call is booked";
    number: "Numéro de suivi", "Tracking number";
    code: "Code", "Code";
    with: "Suivie par", "With";
    received: "Reçue", "Received";
    call: "Appel", "Call";
    state: "État", "Status";
    promise: "Délai promis", "Promise";
    kept: "tenu", "kept";
    not_kept: "non tenu", "not kept";
    keep_both: "Gardez ces deux lignes\u{a0}: le numéro montre où en est votre demande, le code ouvre vos échanges avec nous.", "Keep these two lines: the number shows where your request stands, the code opens what we write to each other.";
    mail_comes: "Un e-mail avec les mêmes informations est en route.", "An e-mail with the same is on its way.";
    on_device: "Garder ce numéro sur cet appareil", "Keep this number on this device";
    follow_this: "Suivre cette demande", "Follow this request";
    your_number: "Votre numéro de suivi", "Your tracking number";
    number_hint: "13 lettres et chiffres, dans l’accusé de réception. Majuscules, espaces et tirets n’ont pas d’importance.", "13 letters and digits, in the receipt. Capitals, spaces and hyphens do not matter.";
    see: "Voir où elle en est", "See where it stands";
    here: "Sur cet appareil", "On this device";
    looking: "Nous cherchons votre demande…", "Looking for your request…";
    no_answer: "La connexion ne répond pas. Réessayez dans un instant.", "The connection does not respond. Try again in a moment.";
    open: "Lire et compléter\u{a0}: le code de l’accusé de réception", "Read and reply: the code of the receipt";
    open_go: "Ouvrir ma demande", "Open my request";
    happened: "Ce qui s’est passé", "What happened";
    exchanged: "Vos échanges avec nous", "What we wrote to each other";
    download: "Télécharger\u{a0}: ", "Download: ";
    kilobytes: "\u{a0}ko)", "\u{a0}kB)";
    complete: "Compléter votre demande", "Add to your request";
    message: "Votre message", "Your message";
    message_came: "Votre message est arrivé, merci.", "Your message has arrived, thank you.";
    unsettled: "Ce n’est pas réglé\u{a0}?", "Not settled?";
    why: "Ce qui manque encore", "What is still missing";
    reopen: "Rouvrir ma demande", "Reopen my request";
    reopened: "Votre demande est rouverte.", "Your request is open again.";
    close: "C’est réglé, terminer la demande", "It is settled, close the request";
    closed: "Votre demande est terminée.", "Your request is closed.";
    cancel: "Annuler le rappel", "Cancel the call";
    cancelled: "Le rappel est annulé.", "The call is cancelled.";
    how: "Comment cela s’est-il passé\u{a0}?", "How did it go?";
    delay: "Le délai de réponse", "The time we took";
    delay_scale: "1\u{a0}: beaucoup trop long – 5\u{a0}: très rapide", "1: far too long – 5: very quick";
    listened: "Vous êtes-vous senti écouté\u{a0}?", "Did you feel listened to?";
    listened_scale: "1\u{a0}: pas du tout – 5\u{a0}: tout à fait", "1: not at all – 5: entirely";
    line: "Un mot de plus", "Anything else";
    rate: "Envoyer mon avis", "Send";
    rated: "Merci pour votre avis.", "Thank you for telling us.";
}

impl Texts {
    /// The sentences of a language.
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FR,
            Lang::En => &EN,
        }
    }
}
