using System.Globalization;

namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The numbers of invoices: each practice counts them by itself, in each environment.</summary>
internal static class InvoiceNumber
{
    private const int First = 1001;

    /// <summary>The next one; the first when there is none yet.</summary>
    public static int After(int? last) => last is { } number ? number + 1 : First;

    /// <summary>The number people read.</summary>
    public static string Text(int sequence) => $"INV-{sequence}";

    /// <summary>The number of a credit note; they are counted by themselves.</summary>
    public static string Credit(int sequence) => $"CN-{sequence}";

    /// <summary>The count that a number names: of INV-1001, inv 1001 or 1001; null when it names none.</summary>
    public static int? Read(string text)
    {
        var digits = text.Trim();
        if (digits.StartsWith("INV", StringComparison.OrdinalIgnoreCase)) digits = digits[3..].TrimStart('-', ' ');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : null;
    }
}
