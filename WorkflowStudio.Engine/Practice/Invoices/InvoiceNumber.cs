namespace WorkflowStudio.Engine.Practice.Invoices;

/// <summary>The numbers of invoices: each practice counts them by itself, in each environment.</summary>
internal static class InvoiceNumber
{
    private const int First = 1001;

    /// <summary>The next one; the first when there is none yet.</summary>
    public static int After(int? last) => last is { } number ? number + 1 : First;

    /// <summary>The number people read.</summary>
    public static string Text(int sequence) => $"INV-{sequence}";
}
