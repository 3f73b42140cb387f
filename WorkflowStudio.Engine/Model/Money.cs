using System.Globalization;

namespace WorkflowStudio.Engine.Model;

/// <summary>Amounts of money: whole numbers of a currency's smallest unit.</summary>
public static class Money
{
    // the signs of the currencies that invoices may be in
    private static readonly Dictionary<string, string> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["usd"] = "$", ["eur"] = "€", ["gbp"] = "£", ["cad"] = "CA$", ["aud"] = "A$", ["nzd"] = "NZ$", ["mxn"] = "MX$", ["chf"] = "CHF ",
        ["sek"] = "SEK ", ["nok"] = "NOK ", ["dkk"] = "DKK ", ["pln"] = "PLN ", ["inr"] = "₹", ["brl"] = "R$", ["jpy"] = "¥",
    };

    /// <summary>The currencies that invoices may be in, ISO 4217 in lower case, sorted.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Signs.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether invoices may be in this currency, in any case.</summary>
    public static bool IsKnown(string currency) => Signs.ContainsKey(currency);

    /// <summary>How many decimals a currency has, 0 to 4; null for a code that is not in ISO 4217.</summary>
    public static int? Decimals(string currency) => CurrencyDecimals.Of(currency);

    /// <summary>
    /// How many of a currency's smallest units its main unit has: 100 cents, 1,000 fils. Throws for a code that is not in ISO 4217.
    /// </summary>
    public static decimal Units(string currency) => DecimalsOf(currency) switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };

    /// <summary>
    /// The amount as people read it: sign or code, thousands, all decimals (<c>$1,180.00</c>). Throws for a code that is not in ISO 4217.
    /// </summary>
    public static string Text(long cents, string currency) => Text(cents / Units(currency), currency);

    /// <summary>
    /// An amount in the currency's main unit as people read it, rounded half away from zero to its decimals: 1180 is <c>$1,180.00</c>.
    /// </summary>
    public static string Text(decimal amount, string currency)
    {
        var decimals = DecimalsOf(currency);
        var shown = Math.Round(Math.Abs(amount), decimals, MidpointRounding.AwayFromZero);
        var sign = Signs.GetValueOrDefault(currency) ?? currency.ToUpperInvariant() + " ";
        return (amount < 0 && shown != 0 ? "-" : "") + sign
            + shown.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static int DecimalsOf(string currency) =>
        Decimals(currency) ?? throw new ArgumentException($"“{currency}” is not a currency of ISO 4217.", nameof(currency));
}
