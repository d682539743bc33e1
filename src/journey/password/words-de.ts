/** 2,048 common German words of three to nine letters, a to z only: 11 bits each. */
export const germanWords: readonly string[] = `
  aal abend abteil acker adler adresse ahorn akademie akkord akte alarm album alge algebra allee
  almanach alpaka alpen altar altstadt amboss ameise ampel amsel amt ananas andacht anfang angel
  anker anlage anmut anorak antenne antilope antrag antwort anzug apfel apotheke aprikose april
  aquarell arbeit arche archiv arena arie arktis arm armband arnika artikel arzt asche aster
  astronom atelier atem athlet atlas atoll atom auftakt auftrag auge august aula ausblick ausflug
  ausgang auskunft ausweis auto automat autor avocado azalee bach backe backform backofen bad
  bagger bahn bahnhof bake balkon ball ballade ballast ballett ballon balsam bambus banane band
  bank banner barke barock barren basar basilika basilikum bass bast batterie bauch bauer baum
  baumhaus baumwolle bazar becher becken beere beet beginn beifall bein beispiel belag bereich
  berg bergbach bergwerk bericht bernstein beruf besen besteck besuch bett beutel bewegung biber
  biene bier bild binse biologe birke birne bison bistro bitte blase blatt blattgold blech blei
  blende blick blitz block blume bluse bogen bohne bohrer boje bonbon boot borke botanik bote
  botschaft boutique brand brauch braut brei brett brezel brief brille brise brocken brot bruch
  brunch brunnen bube buch buche buchstabe bucht bude buffet bug bummel bund bungalow burg bus
  busch butter cafe camping cello charme chef chemie chiffre chor chronik clown cockpit collage
  computer cousin creme curry dach dachboden dachs dackel dame dampf dampfer dank datei dattel
  datum dauer daumen decke deckel degen deich dekade delfin delle delta denkmal detail diadem
  dialekt dialog diamant diele dienst diesel dill dimension ding diplom diplomat dirigent
  diskette distel docht dock dogge doktor dolch dom domino donner doppel dorf dorn dose drache
  drachen draht drama drehung dreieck dreirad drossel druck drucker duell duett duft dunst durst
  dusche dutzend dynamo ebbe ebene echo echse ecke edelstein efeu ehre eibe eiche eichel eidechse
  eier eifer eigelb eimer einband eingang einkauf einklang eis eisbahn eisberg eisblume eisen
  eiszapfen elch elefant element elfe elfenbein elle elster eltern ende energie engel enkel ente
  enzian epoche erbse erde erdnuss erfolg erker erle ernte erz esche esel espe espresso essay
  essen essig etage etappe etikett etui eule euro experte fabel fabrik fach fackel faden fahne
  fahrer fahrrad fahrstuhl fahrt falke falle faltboot falter familie fan farbe farn fasan faser
  fass fassade fassung favorit fazit februar feder fee fehler feier feige feile feld feldweg fell
  fels fenchel fenster ferien ferkel ferne fest festung fett feuer feuerwehr fichte figur filet
  film filter filz finale finger fink firma firmament first fisch fischer flagge flamingo flamme
  flanke flasche flaum flechte fleck fleder flieder fliege fliese flocke floh floss flotte flug
  flughafen flunder flur fluss flut fohlen folge folie forelle form formel forscher forst fossil
  foto frage frau freiheit freitag freude freund frieden frische frist frisur frosch frost frucht
  fuchs fuge fund funk funke furche furt futter gabel galaxie galerie galopp gams gang gans
  garage garbe garderobe garn garnele garnitur garten gartentor gasse gast gasthof gattung
  gaukler gazelle gebiet gebirge gebot gecko gedanke gedicht geduld gefieder gegenwart gehege
  geier geige geist gelb geld gelee gelenk gemse general genie gepard gerade gericht gerste
  geruch gesang geschenk geschirr gesetz gesicht gestalt gestein gestirn getreide gewand gewicht
  gewinn gewitter gipfel gips giraffe girlande gitarre gitter glanz glas glaser glaube glocke
  glut gold goldfisch golf gondel gong gorilla graben grad graf gramm granat granit gras grashalm
  gratis grenze griff grille grotte grube grund gruppe gulasch gummi gurke gurt guss gut haar
  haarnadel habicht hafen hafer haff hagel hahn hai hain haken halle halm hals halt hammer
  hamster hand handel handschuh handtuch handwerk hang harfe harke harmonie harz hase hasel
  haselnuss haube hauch haufen haupt haus haut hebel hecht hecke hefe heft heide heim heimat
  heimweh heizung held helfer helium helm hemd henkel henne herbst herd herde hering herold herr
  herz heu hilfe himbeere himmel hinweis hirsch hirse hirte hitze hobby hobel hochhaus hof
  hoffnung hoheit hohlweg holunder holz honig hopfen horizont horn hose hotel huf hufeisen huhn
  hummel hummer humor hund hut hydrant hymne idee idol igel iltis imker impuls index indigo
  ingwer inhalt inland insekt insel interesse iris jacht jacke jade jagd jaguar jahr jahrmarkt
  januar jasmin jazz jeans jeton jockey jodler joghurt jubel jubilar judo jugend juli junge juni
  jupiter jurist juwel kabarett kabel kabine kachel kaffee kaftan kai kaiser kajak kakadu kakao
  kaktus kalender kalk kamel kamera kamille kamin kamm kammer kampf kanal kanarie kandis kanne
  kannen kante kantine kanu kanzel kapelle kapital kapitel kappe kapsel kapuze karamell karawane
  karneval karo karotte karpfen karren karte kartoffel karton kasse kassette kastanie kasten
  kater katze kaufhaus kaufmann kautschuk kegel kehle keil keks kelch keller kellner kenner kerbe
  kerl kern kerze kessel kette keule kiebitz kiefer kiel kies kilo kind kinn kino kiosk kirche
  kirsche kissen kiste kittel klammer klang klappe klasse klausur klavier klee kleid kleister
  klette klima klinge klingel klinik klinke klippe kloster klotz klub kluft knall knauf knie
  kniff knolle knopf knospe knoten kobold koch kocher koffer kohl kohle koje kokon kokos kolben
  kolibri kolonie kolonne komet komma kommode kompass kompott konfekt konfetti konsul kontakt
  konto kontrast kontur konzert kopf kopie koralle korb kordel kork korken korn kornblume kosmos
  kost kostbar koyote krabbe kraft kragen krake kran kranich kranz krater kraut krawatte krebs
  kreide kreis kreisel kresse kreuz kreuzung krimi kristall krokant krokodil krokus krone krug
  kruste kubus kuchen kuckuck kufe kugel kuh kulisse kultur kummer kunde kunst kupfer kuppel kur
  kurbel kurier kurs kurve kuss kutsche kutter labor lachs lack laden lage lagune laib laie
  lakritze lama lamm lampe lampion land landhaus landkarte larve lasso last laterne latte lattich
  laub laube lauch lauf laufrad laune lauscher laut lava lavendel lawine leben leder legende lehm
  lehre lehrer leib leine leinen leinwand leiste leiter lektion lenker lerche leser leuchte leute
  libelle licht lichtung lid liebe lied liga lilie limette limonade linde lineal linie linse
  lippe liste liter litze lob loch locke lodge lohn loipe lok lorbeer los lotos lotse lotto luchs
  luft luftpost luke lupe lupine lust luxus lyrik macht maestro magen magnet magnolie mai mais
  major makrone maler malve mandarine mandel mandoline mango mann mantel mappe marathon marder
  margerite marien marine marke markise markt marmor mars marzipan masche maschine maske mast
  material matratze matrose matte mauer maulwurf maurer maus meer mehl meile meise meister
  melisse melodie melone memo menge mensch menthol mentor mergel merkur messe messer messing
  metall meteor methode metronom metzger miene miete milch mimose minute minze mirabelle mischung
  mist mistel mittag mitte mittel mittwoch moderator mohn mokka molch mole molke moment monat
  mond mondlicht montag monument moor moos mops moral morgen mosaik most motiv motor motte motto
  mulde mund murmel museum musik musiker muskat muskel muster mut mutter nabel nachbar nachricht
  nacht nachtisch nadel nagel name narwal narzisse nase nashorn natron natur nebel nektar nelke
  neptun nerv nessel nest netz neugier neuland neuling neumond nichte nickel nilpferd nische
  niveau nixe nomade norden nordlicht nordpol nordwind norm nota note notiz nougat november
  nuance nudel nugat nummer nuss nutria nutzen nymphe oase obelisk oberst objekt oblate oboe obst
  ochse ofen ohr ohrring oktave oktober olive oma omelett onkel opa opal oper optik orakel orange
  orchidee orden ordner oregano organ orgel orient orkan ornament ort ortschaft osten ostern
  ostwind otter oval ozean ozelot paar pagode paket palast palette palme pandur panorama panther
  papagei papier pappel paprika parade parfum park parkett parole part partitur partner pass
  passage pastell pastete pate patent patrone pauke pause pavian pavillon pegel pelikan pelz
  pendel perle pfad pfanne pfarrer pfau pfeffer pfeife pfeil pferd pfiff pfingsten pfirsich
  pflanze pflaster pflaume pflug pforte pfosten pfote pfund phase physik pianist pick pier
  pigment pilger pilot pilz pinguin pinie pinsel pirat pirol piste pizza plakat plan plane planet
  planke platane platin platte plattform platz podium poet pokal pol polar polka pollen polster
  pommes pony pool popcorn portal portier porto portrait posaune post poster pracht praline prinz
  prinzip prise prisma profi profil projekt propeller prosa protokoll provinz pudding pudel puder
  pullover puls pult puma pumpe punkt punsch puppe purpur puzzle pyramide quader quadrat qualle
  quark quarz quasar quaste quelle quendel quer quiche quirl quitte quittung quiz quote rabatt
  rabe rad radar radio radler radweg rahm rahmen rakete rand rang ranke ranzen rapunzel rasen
  rassel rast raster rat rathaus ratsche rauch raum raupe rebe rebhuhn rebstock rechen rechnung
  recht rede redner reflex regal regatta regel regen region register reh reif reifen reigen reihe
  reiher reim reis reise reiter reling rennen rentier reptil retter rettich revier rezept
  rhabarber rhythmus richter richtung riegel riemen riese rind rinde ring ringel rinne rippe
  ritter robbe robe roboter rochen rock rodel rodeo roggen rohr rolle roller rollo roman romanze
  rose rosenkohl rosine rosmarin rost rotor rubel rubin rucksack rudel ruder ruf ruhe ruhm ruine
  rum rummel rumpf runde rune rute rutsche saal saat safari safran saft sage sahne saite salami
  salat salbe salbei saldo salon salto salz samen samowar samstag samt sandale sandbank sandburg
  sanddorn sanduhr sandwich satellit satin sattel saturn satz saum sauna saxofon schach schacht
  schachtel schaf schaft schal schale schall schalter schar schatten schatz schaufel schaukel
  schaum scheibe schein scheitel scheune schicht schiefer schiene schiff schild schilf schinken
  schirm schlaf schlange schlauch schleier schleife schleuse schlitten schlitz schloss schlucht
  schluck schmaus schmied schmuck schnabel schnalle schnecke schnee schneider schnitt schnur
  scholle schoner schopf schrank schranke schraube schrift schritt schuh schule schultag schulter
  schuppe schutz schwalbe schwamm schwan schwarm schwelle schwester schwung sechseck see seefahrt
  seehund seeigel seele seemann seerose segel segen segler seide seife seil seite sekt sekunde
  sellerie semester seminar semmel senat sendung senf september serie serum servus sesam sessel
  sicht sieb siegel signal silbe silber silo sims sinfonie sinn sippe sirene sirup sitte sitz
  skala skelett ski skizze slalom smaragd socke sockel sofa sohle sohn solist sommer sonate sonde
  sonett sonne sonnenhut sonntag sopran sorbet sorte spachtel spagat spalier spalt spange spargel
  spass spaten spatz specht speck speer speiche speise spektrum sperber sperling spiegel spiel
  spinat spinne spion spirale spitze splitter sport sprache sprosse sprossen sprung spule spur
  staat stab stachel stadion stadt staffel stahl stall stamm stand stange star station stativ
  statue staub staude stecker steg steig stein steinpilz stelle stempel stengel steppe stern
  sternbild steuer stich stiefel stiel stier stift stiftung stil stille stimme stirn stock stoff
  stolz stoppel storch strand strauch strauss strecke streich streifen strich stroh strom strophe
  strudel struktur strumpf stube stuck studio stufe stuhl stunde sturm stute suche sumpf suppe
  surfer symbol szene tabak tabelle tablett tafel tag tagebuch takt tal talent taler tandem tang
  tango tank tanne tante tanz tapete tapir tarif tasche tasse taste tau taube tauch taucher taufe
  tausch taxi team technik teddy tee teekanne teich teig teil telefon teleskop teller tempel
  tempo tendenz tennis tenor teppich termin terrasse test text theater thema thermik thron
  thunfisch thymian tiefe tier tiger tinte tipp tisch titel toaster tochter toffee tomate ton
  tonne topas topf tor torbogen torf torte torwart totem tour tournee trab tracht trampolin
  transport traube traum traumhaus trauung treffen treffer treppe tresen tresor triangel tribut
  trichter trick trikot trilogie trio tritt triumph trommel trompete tropen tropfen trost truhe
  trupp tuch tugend tukan tulpe tundra tunika tunnel turban turbine turm turner turnhalle turnier
  tusche ufer uhr uhrwerk uhu ulme umfang umhang umlauf umriss umweg umwelt umzug unfug uniform
  union universum unke unruh urkunde urlaub ursprung urwald vanille vase vater veilchen ventil
  venus veranda verein verkehr verlag vers versand verstand verzicht vesper vetter video viereck
  viertel villa viola violine visier visite vitamin vitrine vogel vogelnest vorabend vorbild
  vorhang vorort vorrat vorteil vortrag vulkan waage wabe wache wacholder wachs wachtel waffel
  wagen waggon wahl wal wald waldrand waldweg wall walnuss walross walze walzer wand wandel
  wanderer wange wanne wappen ware warte wasser wasserrad watte weber wechsel wecker wedel weg
  wegweiser weide weiher weihrauch wein weinberg weise weite weizen welle welpe welt weltall
  weltmeer wende werft werk werkbank werkzeug wert wesen wespe weste westen westwind wette wetter
  wichtel wicke widder wiege wiese wiesel wildgans wildnis wille wimpel wimper wind windel
  windrad wink winkel winter winzer wippe wirbel wirt wissen witz woche wohl wohnung wolf wolke
  wolle wonne wort wunder wunsch wurf wurm wurst wurzel zacke zahl zahlung zahn zander zange
  zapfen zar zauber zaun zebra zeche zehe zeichen zeiger zeile zeisig zeit zeitung zelle zelt
  zement zenit zentrum zeppelin zettel zeug zicklein ziege ziegel ziel ziffer zikade zimmer zimt
  zink zinn zinne zirkel zirkus zirrus zitat zither zitrone zobel zoll zone zoo zopf zucker zug
  zunft zunge zusage zutat zweck zweig zwiebel zwilling zylinder zypresse
`
  .trim()
  .split(/\s+/)
