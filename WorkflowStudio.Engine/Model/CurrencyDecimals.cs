using System.Collections.Frozen;

namespace WorkflowStudio.Engine.Model;

/// <summary>
/// How many decimals each currency has. Source: ISO 4217, list one (published by SIX), as of 1 January 2026; the codes of the list that
/// stand for no money of people (precious metals, units of account, testing) have no decimals there and are left out.
/// </summary>
internal static class CurrencyDecimals
{
    private const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string Two =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
        + "COP COU CRC CUP CVE CZK "
        + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
        + "KHR KPW KYD KZT LAK LBP LKR "
        + "LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
        + "PKR PLN QAR RON RSD RUB "
        + "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
        + "UZS VED VES WST XAD XCD XCG "
        + "YER ZAR ZMW ZWG";

    // withdrawn since 2021, for amounts of the past
    private const string TwoOfThePast = "ANG BGN CUC HRK SLL ZWL";

    private const string Three = "BHD IQD JOD KWD LYD OMR TND";

    private const string Four = "CLF UYW";

    private static readonly FrozenDictionary<string, int> ByCode = new[] { (None, 0), (Two, 2), (TwoOfThePast, 2), (Three, 3), (Four, 4) }
        .SelectMany(group => group.Item1.Split(' ').Select(code => KeyValuePair.Create(code, group.Item2)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The decimals of a currency, in any case of letters; null when there is none of this code.</summary>
    public static int? Of(string currency) => ByCode.TryGetValue(currency, out var decimals) ? decimals : null;
}
