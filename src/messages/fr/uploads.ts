import type { Catalogue } from '../catalogue.ts';

export const uploads = {
  'uploads.signed-out': "Votre session s'est fermée. La partie reçue est gardée. Reconnectez-vous, puis reprenez l'envoi.",

  'refusal.attachment.too-much-waiting':
    "Trop de documents attendent d'être soumis : la limite est de {limit}, ou {files} documents. Rien de ce qui est arrivé n'est perdu. Soumettez ou retirez-en, puis recommencez.",
  'refusal.upload.busy': "Une autre partie de ce document est en train d'arriver. Ce qui est reçu est gardé. L'envoi reprend dans un instant.",
  'refusal.upload.not-found': "Ce document n'est plus gardé ici : il attendait depuis plus de 24 h, ou il a déjà été envoyé. Choisissez-le de nouveau.",
  'refusal.upload.part-too-small': "Une partie d'un document compte {limit} au moins, sauf la dernière. Rien n'en est gardé. Envoyez une plus grande partie.",
  'refusal.upload.wrong-offset': "L'envoi ne reprend pas là où il s'était arrêté. Ce qui est reçu est gardé. Demandez où reprendre.",
} as const satisfies Catalogue;
