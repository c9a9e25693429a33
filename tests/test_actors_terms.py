"""Who led whom on a day: an independent sample of the terms of office, and who no longer did."""

import collections
import functools

import pytest

from kg.actors.catalogue import catalogue
from kg.actors.text import name_key

LEADING = ("head_of_state", "head_of_government", "leader", "secretary_general", "foreign_minister", "defence_minister")

LED = """
    us 1991-02-01 Bush | us 1995-07-01 Clinton | us 2003-03-20 Bush | us 2011-05-02 Obama | us 2018-06-12 Trump
    us 2022-02-24 Biden | us 2025-06-01 Trump | gb 1991-02-01 Major | gb 2001-09-12 Blair | gb 2008-10-01 Brown
    gb 2012-01-01 Cameron | gb 2018-03-12 May | gb 2020-01-31 Johnson | gb 2022-10-01 Truss | gb 2023-05-01 Sunak
    gb 2025-01-01 Starmer | fr 1992-01-01 Mitterrand | fr 2003-03-20 Chirac | fr 2011-03-19 Sarkozy
    fr 2013-01-11 Hollande | fr 2022-03-01 Macron | de 1993-01-01 Kohl | de 2002-01-01 Schröder
    de 2015-09-01 Merkel | de 2022-03-01 Scholz | de 2025-07-01 Merz | ru 1995-01-01 Yeltsin | ru 2004-01-01 Putin
    ru 2010-01-01 Medvedev | cn 1998-01-01 Jiang | cn 2008-08-08 Hu | cn 2019-10-09 Xi | jp 2005-01-01 Koizumi
    jp 2011-01-01 Kan | jp 2016-01-01 Abe | jp 2021-01-01 Suga | jp 2023-05-19 Kishida | kr 2000-06-15 Kim
    kr 2006-01-01 Roh | kr 2010-11-23 Lee | kr 2016-01-01 Park | kr 2018-04-27 Moon | kr 2023-01-01 Yoon
    kp 1993-01-01 Kim | kp 2010-01-01 Kim | in 1992-01-01 Rao | in 1998-05-11 Vajpayee | in 2008-11-26 Singh
    in 2020-06-15 Modi | pk 1998-05-28 Sharif | pk 2001-09-12 Musharraf | pk 2012-01-01 Zardari
    pk 2014-12-16 Sharif | pk 2019-02-27 Khan | pk 2023-01-01 Sharif | bd 2010-01-01 Hasina | bd 2003-01-01 Zia
    bd 2025-01-01 Yunus | lk 2009-05-18 Rajapaksa | lk 2017-01-01 Sirisena | lk 2021-01-01 Rajapaksa
    lk 2025-01-01 Dissanayake | np 2015-12-01 Oli | np 2010-01-01 Nepal | af 2005-01-01 Karzai | af 2020-02-29 Ghani
    mv 2010-01-01 Nasheed | mv 2016-01-01 Yameen | mv 2024-06-01 Muizzu | kz 2005-01-01 Nazarbayev
    kz 2022-01-05 Tokayev | uz 2005-05-13 Karimov | uz 2020-01-01 Mirziyoyev | tj 2015-01-01 Rahmon
    kg 2004-01-01 Akayev | kg 2008-01-01 Bakiyev | kg 2022-09-16 Japarov | tm 2000-01-01 Niyazov
    ir 1995-01-01 Rafsanjani | ir 2000-01-01 Khatami | ir 2009-06-12 Ahmadinejad | ir 2015-07-14 Rouhani
    ir 2022-09-16 Raisi | ir 2025-01-01 Pezeshkian | iq 2000-01-01 Hussein | iq 2007-01-01 Maliki
    iq 2016-01-01 Abadi | iq 2023-01-01 Sudani | sy 1995-01-01 Assad | sy 2013-08-21 Assad | sy 2025-05-14 Sharaa
    lb 2005-01-01 Lahoud | lb 2018-01-01 Aoun | lb 2017-11-04 Hariri | lb 2025-06-01 Aoun | jo 1994-10-26 Hussein
    jo 2010-01-01 Abdullah | il 1994-01-01 Rabin | il 1997-01-01 Netanyahu | il 2000-07-11 Barak
    il 2003-01-01 Sharon | il 2006-07-12 Olmert | il 2015-01-01 Netanyahu | il 2022-01-01 Bennett
    il 2022-09-01 Lapid | ps 2000-01-01 Arafat | ps 2010-01-01 Abbas | sa 2003-01-01 Fahd | sa 2010-01-01 Abdullah
    sa 2018-10-02 Salman | ae 2010-01-01 Khalifa | ye 2005-01-01 Saleh | ye 2015-03-26 Hadi | qa 2010-01-01 Hamad
    tr 1996-01-01 Demirel | tr 2005-01-01 Erdogan | tr 2016-07-15 Erdogan | eg 2000-01-01 Mubarak
    eg 2013-01-01 Morsi | eg 2016-01-01 Sisi | ly 2000-01-01 Gaddafi | tn 2000-01-01 Ali | tn 2023-01-01 Saied
    dz 2005-01-01 Bouteflika | dz 2022-01-01 Tebboune | ma 2010-01-01 Mohammed | sd 2005-01-01 Bashir
    sd 2022-01-01 Burhan | ss 2014-01-01 Kiir | et 2005-01-01 Meles | et 2015-01-01 Hailemariam
    et 2021-01-01 Ahmed | er 1998-05-06 Afwerki | so 2015-01-01 Mohamud | so 2019-01-01 Mohamed | ke 1998-08-07 Moi
    ke 2006-01-01 Kibaki | ke 2015-01-01 Kenyatta | ke 2023-01-01 Ruto | ug 2000-01-01 Museveni
    rw 2005-01-01 Kagame | bi 2015-05-01 Nkurunziza | cd 1995-01-01 Mobutu | cd 1999-01-01 Kabila
    cd 2010-01-01 Kabila | cd 2022-01-01 Tshisekedi | tz 2017-01-01 Magufuli | ng 1996-01-01 Abacha
    ng 2003-01-01 Obasanjo | ng 2013-01-01 Jonathan | ng 2018-01-01 Buhari | ng 2024-01-01 Tinubu
    gh 2014-01-01 Mahama | gh 2020-01-01 Akufo-Addo | ml 2010-01-01 Touré | ml 2016-01-01 Keïta
    ml 2023-01-01 Goïta | bf 2000-01-01 Compaoré | bf 2018-01-01 Kaboré | bf 2023-06-01 Traoré
    ne 2015-01-01 Issoufou | ne 2022-01-01 Bazoum | ne 2024-01-01 Tchiani | td 2015-01-01 Déby | td 2023-01-01 Déby
    cm 2010-01-01 Biya | ci 2005-01-01 Gbagbo | ci 2015-01-01 Ouattara | gn 2015-01-01 Condé
    gn 2023-01-01 Doumbouya | sn 2018-01-01 Sall | gm 2010-01-01 Jammeh | lr 2001-01-01 Taylor
    lr 2010-01-01 Sirleaf | ga 2018-01-01 Bongo | cf 2018-01-01 Touadéra | za 1995-01-01 Mandela
    za 2003-01-01 Mbeki | za 2013-01-01 Zuma | za 2020-01-01 Ramaphosa | zw 2008-01-01 Mugabe
    zw 2020-01-01 Mnangagwa | ao 2000-01-01 Santos | ao 2020-01-01 Lourenço | mz 2018-01-01 Nyusi
    ua 2000-01-01 Kuchma | ua 2006-01-01 Yushchenko | ua 2013-11-21 Yanukovych | ua 2016-01-01 Poroshenko
    ua 2022-02-24 Zelensky | by 2000-01-01 Lukashenko | pl 1993-01-01 Wałęsa | pl 2010-01-01 Tusk
    pl 2017-01-01 Szydło | pl 2022-01-01 Duda | hu 2005-01-01 Gyurcsány | hu 2016-01-01 Orbán | cz 1995-01-01 Havel
    cz 2018-01-01 Zeman | sk 2023-12-01 Fico | ro 2020-01-01 Iohannis | rs 2018-01-01 Vučić | xk 2018-01-01 Thaçi
    ge 2000-01-01 Shevardnadze | ge 2008-08-08 Saakashvili | am 2005-01-01 Kocharyan | am 2015-01-01 Sargsyan
    am 2020-09-27 Pashinyan | az 2000-01-01 Aliyev | az 2020-09-27 Aliyev | it 2002-01-01 Berlusconi
    it 2015-01-01 Renzi | it 2022-01-01 Draghi | it 2023-01-01 Meloni | es 2003-03-16 Aznar | es 2005-01-01 Zapatero
    es 2015-01-01 Rajoy | es 2020-01-01 Sánchez | gr 2012-01-01 Papademos | gr 2015-07-05 Tsipras
    gr 2021-01-01 Mitsotakis | nl 2015-01-01 Rutte | be 2021-01-01 Croo | se 2022-01-01 Andersson
    fi 2022-05-15 Marin | no 2022-01-01 Støre | dk 2022-01-01 Frederiksen | ca 1999-01-01 Chrétien
    ca 2010-01-01 Harper | ca 2018-01-01 Trudeau | ca 2025-06-01 Carney | mx 2003-01-01 Fox | mx 2010-01-01 Calderón
    mx 2014-01-01 Nieto | mx 2020-01-01 Obrador | mx 2025-01-01 Sheinbaum | br 1999-01-01 Cardoso
    br 2005-01-01 Silva | br 2014-01-01 Rousseff | br 2017-01-01 Temer | br 2020-01-01 Bolsonaro
    ar 1995-01-01 Menem | ar 2010-01-01 Kirchner | ar 2017-01-01 Macri | ar 2021-01-01 Fernández
    ar 2024-06-01 Milei | ve 2005-01-01 Chávez | ve 2019-01-23 Maduro | co 2005-01-01 Uribe | co 2014-01-01 Santos
    co 2023-01-01 Petro | pe 1995-01-01 Fujimori | pe 2022-01-01 Castillo | cl 1991-01-01 Aylwin
    cl 2022-06-01 Boric | bo 2010-01-01 Morales | ec 2012-01-01 Correa | cu 2000-01-01 Castro | cu 2015-01-01 Castro
    cu 2022-01-01 Díaz-Canel | ni 2018-01-01 Ortega | sv 2022-01-01 Bukele | ht 2003-01-01 Aristide
    ht 2020-01-01 Moïse | au 2003-03-20 Howard | au 2013-01-01 Gillard | au 2019-01-01 Morrison
    au 2023-01-01 Albanese | nz 2003-01-01 Clark | nz 2019-03-15 Ardern | fj 2015-01-01 Bainimarama
    id 1995-01-01 Suharto | id 2010-01-01 Yudhoyono | id 2018-01-01 Widodo | id 2025-01-01 Prabowo
    ph 2005-01-01 Arroyo | ph 2014-01-01 Aquino | ph 2018-01-01 Duterte | ph 2023-01-01 Marcos
    my 1997-01-01 Mahathir | my 2015-01-01 Razak | my 2023-01-01 Anwar | sg 2010-01-01 Lee | sg 2025-01-01 Wong
    th 2003-01-01 Thaksin | th 2018-01-01 Prayut | th 2024-12-01 Paetongtarn | mm 2010-01-01 Shwe
    mm 2013-01-01 Sein | mm 2022-01-01 Hlaing | kh 2010-01-01 Sen | vn 2018-01-01 Trọng | tw 1996-03-23 Lee
    tw 2004-01-01 Chen | tw 2010-01-01 Ma | tw 2018-01-01 Tsai | tw 2024-10-10 Lai | org.un 1994-01-01 Boutros-Ghali
    org.un 2000-01-01 Annan | org.un 2010-01-01 Ban | org.un 2020-01-01 Guterres | org.nato 2012-01-01 Rasmussen
    org.nato 2020-01-01 Stoltenberg | org.nato 2025-01-01 Rutte | org.eu 2010-01-01 Ashton
    org.eu 2016-01-01 Juncker | org.eu 2017-01-01 Tusk | org.eu 2022-01-01 Borrell | org.eu 2025-06-01 Kallas
    abkhazia 2010-01-01 Bagapsh | transnistria 2020-01-01 Krasnoselsky | south-ossetia 2008-08-08 Kokoity
"""
NO_LONGER = """
    2009-02-01 george-w-bush | 2021-02-01 donald-trump | 2017-06-01 francois-hollande
    2021-12-20 angela-merkel | 2000-02-01 boris-yeltsin | 2008-10-01 pervez-musharraf | 2022-05-01 imran-khan
    2014-06-01 manmohan-singh | 2011-03-01 hosni-mubarak | 2019-05-01 omar-al-bashir | 2018-01-01 robert-mugabe
    2014-03-15 viktor-yanukovych | 2023-02-01 jair-bolsonaro | 2020-01-01 evo-morales | 2021-09-01 ashraf-ghani
    2025-01-01 bashar-al-assad | 2022-08-01 gotabaya-rajapaksa | 2013-06-01 hu-jintao | 2021-01-01 shinzo-abe
    2006-06-01 ariel-sharon | 2013-01-01 amadou-toumani-toure | 2015-01-01 blaise-compaore | 2007-02-01 kofi-annan
    2015-06-01 catherine-ashton | 2024-09-01 sheikh-hasina | 2012-01-01 muammar-gaddafi | 2013-01-01 fidel-castro
    1989-01-01 imran-khan | 2015-01-01 volodymyr-zelenskyy
"""


def rows(table):
    return [tuple(row.split()) for line in table.splitlines() for row in line.split("|") if row.strip()]


@functools.cache
def bearers():
    """Persons by every word of every name they have."""
    found = collections.defaultdict(set)
    for actor in catalogue().ids():
        if actor.startswith("person."):
            for name in catalogue().aliases(actor):
                for word in name_key(name).split(" "):
                    found[word].add(actor)
    return found


@pytest.mark.parametrize(("of", "day", "name"), rows(LED))
def test_a_leader_acts_for_the_state_in_office(of, day, name):
    people = set.intersection(*(bearers()[word] for word in name_key(name).split(" ")))
    offices = {person: catalogue().offices(person, day) for person in people}
    leading = [person for person, held in offices.items() if held and held[0].role in LEADING]
    assert of in {catalogue().state(person, day).id for person in leading}


@pytest.mark.parametrize(("day", "person"), rows(NO_LONGER))
def test_a_leader_out_of_office_acts_for_himself(day, person):
    actor = f"person.{person}"
    assert actor in catalogue()
    assert catalogue().state(actor, day).id == actor
