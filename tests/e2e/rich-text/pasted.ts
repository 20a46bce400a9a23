/** A mail made to do harm: everything in it that runs, loads or decorates must stay outside; its words and its bold come in. */
export const hostileMail = `<meta charset="utf-8"><style>p { background: url(https://evil.example/style) }</style>
<script>window.pwned = 1</script><p style="color:red" onclick="window.pwned = 2">Bonjour <b>gras</b><img src="https://evil.example/pixel.gif" onerror="window.pwned = 3"></p>
<p><a href="javascript:window.pwned=4">un</a> <a href=" java&#10;script:window.pwned=5">deux</a> <a href="data:text/html,<script>window.pwned=6</script>">trois</a>
<a href="https://innovactione.example@evil.example/">quatre</a> <a href="https://innovactione.example/bon" onmouseover="window.pwned = 7" target="_top">cinq</a></p>
<svg onload="window.pwned = 8"><script>window.pwned = 9</script></svg><iframe srcdoc="<script>parent.pwned = 10</script>"></iframe>
<form action="https://evil.example/"><input name="mot-de-passe" value="x" autofocus onfocus="window.pwned = 11"><button>Envoyer</button></form>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=12&gt;"></table></mtext></math>
<template><img src=x onerror="window.pwned = 13"></template><details open ontoggle="window.pwned = 14">fin</details>`;

/** What Word and mail programs put on the clipboard. */
export const wordPage = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>@font-face {font-family:Aptos} p.MsoNormal {mso-style-parent:""; margin:0}</style></head>
<body lang=FR-CA style='tab-interval:35.4pt'><!--StartFragment--><h1 style='mso-outline-level:1'><span style='font-size:18pt'>Titre de Word<o:p></o:p></span></h1>
<p class=MsoNormal>Voici <b style='mso-bidi-font-weight:normal'>les pièces</b> et <i>les dates</i>, avec <a href="https://innovactione.example/plan"><span style='color:windowtext'>notre plan</span></a>.<o:p></o:p></p>
<ul type=disc><li class=MsoListParagraph>Premier point</li><li>Second point<ol start=3><li>troisième</li><li>quatrième</li></ol></li></ul>
<blockquote style='border:none'><p>Une citation qui tient sur une ligne assez longue pour aller jusqu’au bord d’un petit écran.</p></blockquote><!--EndFragment--></body></html>`;
