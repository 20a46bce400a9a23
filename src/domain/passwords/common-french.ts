/** Passwords that French speakers choose most, folded: lower case, no accent. Written for Pli from general knowledge; order is of no account. */
export const commonFrench: readonly string[] = `
motdepasse monmotdepasse lemotdepasse motdepass mdpmdp bonjour bonsoir salut coucou azerty azertyuiop qsdfgh wxcvbn soleil lune etoile
chocolat chocolatine doudou loulou nounours nounou chouchou chouchoute cherie cheri amour monamour mamour jetaime jetadore toujours
bebe bebe princesse prince reine roi ange angel demon diable secret secrete confidentiel ordinateur internet connexion
ouverture securite bienvenue accueil invite utilisateur administrateur direction secretariat
marseille olympique paris parissg psgpsg lyon bordeaux nantes toulouse lille rennes montpellier strasbourg nice bretagne corse normandie
montreal canadien canadiens quebec sherbrooke gatineau laval longueuil troisrivieres nordiques hockey poutine tabarnak calisse
belgique bruxelles suisse geneve lausanne france francais francaise
nicolas julien thomas camille marine pauline celine sandrine isabelle nathalie stephanie sophie caroline valerie veronique christelle
catherine francoise jacqueline monique sylvie martine philippe frederic olivier sebastien guillaume alexandre benjamin maxime antoine
romain mathieu matthieu jeremy kevin anthony florian quentin clement baptiste valentin alexis vincent laurent christophe pascal thierry
patrick bernard gerard michel jean marie pierre jacques louis louise emma jade lea manon chloe ines clara sarah laura lucie oceane
melanie aurelie emilie elodie virginie laetitia audrey vanessa jessica tristan theo hugo lucas enzo nathan mathis arthur leo
chien chat chaton minou minette felix caramel reglisse vanille noisette biscuit praline myrtille framboise fraise cerise banane
papillon coccinelle abeille dauphin tortue lapin cheval licorne dragon tigre panthere lion elephant girafe souris
maison famille maman papa mamie papi grandmere grandpere enfant enfants fille garcon vacances plage montagne voyage liberte
bonheur sourire espoir courage merci merde putain connard connasse salope bordel
football rugby tennis cycliste pompier policier docteur infirmiere professeur etudiant ecole college lycee universite
printemps automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi vendredi samedi dimanche musique guitare cuisine voiture peugeot renault citroen
orange bleu rouge noir blanc violette multipass tintin asterix obelix zidane johnny hallyday dalida pokemon naruto
`
  .trim()
  .split(/\s+/);
