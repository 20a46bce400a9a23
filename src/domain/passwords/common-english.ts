/** Passwords that English speakers choose most, folded: lower case, no accent. Written for Pli from general knowledge; order is of no account. */
export const commonEnglish: readonly string[] = `
password passwort passw passwd passcode passphrase mypassword thepassword letmein welcome hello helloworld login logon signin
admin administrator root user username guest test testing tester demo default changeme change secret private topsecret
qwerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qwer iloveyou ilovey loveyou loveme lovely lover love
monkey dragon shadow master superman batman spiderman ironman starwars startrek pokemon pikachu naruto mustang ferrari porsche
football baseball basketball soccer hockey tennis golf liverpool arsenal chelsea manchester everton lakers yankees cowboys steelers eagles
sunshine summer winter spring autumn january february march april august september october november december
monday tuesday wednesday thursday friday saturday sunday princess prince queen king angel angels heaven devil
michael jordan jennifer jessica ashley amanda nicole daniel matthew andrew joshua anthony thomas robert charlie george
william richard charles joseph david james john hunter tigger buster ginger pepper maggie bailey molly sophie chloe hannah samantha
elizabeth victoria alexander benjamin christopher jonathan nicholas brandon justin tyler austin taylor morgan madison
computer internet google facebook yahoo youtube twitter linkedin microsoft windows apple android samsung nintendo playstation
cookie cookies chocolate banana orange cherry strawberry peanut butter cheese coffee whiskey pizza
flower flowers rainbow butterfly purple yellow silver golden diamond crystal
freedom whatever trustno trustnoone access matrix killer hacker ninja pirate wizard merlin gandalf phoenix thunder lightning
tiger lion eagle falcon wolf panther dolphin horse kitten puppy doggy kitty bear snoopy garfield mickey minnie
mother father mommy daddy family baby babygirl babyboy sister brother friend friends forever always
money million lucky lottery jackpot jesus christ church blessed faith grace godisgood
london paris newyork boston chicago dallas texas california florida canada toronto vancouver montreal australia america england
school college university student teacher doctor nurse company business office manager
music guitar piano drummer metallica nirvana beatles elvis eminem slipknot
fuckyou fuckme fuckoff asshole bitch bastard bullshit
correcthorsebatterystaple abracadabra opensesame
`
  .trim()
  .split(/\s+/);
