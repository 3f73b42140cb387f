using System.Globalization;

namespace WorkflowStudio.Engine.Model;

/// <summary>Amounts of money: whole numbers of a currency's smallest unit.</summary>
public static class Money
{
    private static readonly Dictionary<string, (string Sign, int Digits)> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["usd"] = ("$", 2), ["eur"] = ("€", 2), ["gbp"] = ("£", 2), ["cad"] = ("CA$", 2), ["aud"] = ("A$", 2), ["nzd"] = ("NZ$", 2),
        ["mxn"] = ("MX$", 2), ["chf"] = ("CHF ", 2), ["sek"] = ("SEK ", 2), ["nok"] = ("NOK ", 2), ["dkk"] = ("DKK ", 2),
        ["pln"] = ("PLN ", 2), ["inr"] = ("₹", 2), ["brl"] = ("R$", 2), ["jpy"] = ("¥", 0),
    };

    /// <summary>The currencies that invoices may be in, ISO 4217 in lower case, sorted.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Currencies.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether invoices may be in this currency, in any case.</summary>
    public static bool IsKnown(string currency) => Currencies.ContainsKey(currency);

    /// <summary>The amount as people read it: sign, thousands, all decimals (<c>$1,180.00</c>). An unknown currency is written as its code, with two decimals.</summary>
    public static string Text(long cents, string currency) => Text(Digits(currency) == 0 ? cents : (decimal)cents / 100, currency);

    /// <summary>An amount in the currency's main unit as people read it, rounded half away from zero to its decimals: 1180 is <c>$1,180.00</c>.</summary>
    public static string Text(decimal amount, string currency)
    {
        var (sign, digits) = Currencies.TryGetValue(currency, out var known) ? known : (currency.ToUpperInvariant() + " ", 2);
        var shown = Math.Round(Math.Abs(amount), digits, MidpointRounding.AwayFromZero);
        return (amount < 0 && shown != 0 ? "-" : "") + sign + shown.ToString(digits == 0 ? "N0" : "N2", CultureInfo.InvariantCulture);
    }

    /// <summary>How many decimals a currency has; 2 for an unknown one.</summary>
    public static int Digits(string currency) => Currencies.TryGetValue(currency, out var known) ? known.Digits : 2;
}
