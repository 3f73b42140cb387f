using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors.Http;

namespace WorkflowStudio.Engine.Connectors.Payments;

/// <summary>What Stripe posts of bills: which event, and with which secret it is signed.</summary>
public static class StripePosts
{
    /// <summary>The key of a bill's metadata that holds the practice's invoice.</summary>
    public const string InvoiceKey = "workflowstudio_invoice";

    private const int LongestId = 255;

    /// <summary>The secret with which its posts are signed; null while none is entered.</summary>
    public static string? SigningSecret(Connection connection) =>
        (connection.Secret ?? "").Split('\n') is [_, { Length: > 0 } secret] ? secret : null;

    /// <summary>
    /// The end of a bill that a post tells of: of the events of invoices those that mean so. Null for all others, of other versions too.
    /// </summary>
    public static BillNews? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var type = json.RootElement.TextOf("type");
            if (type is not ("invoice.paid" or "invoice.payment_succeeded" or "invoice.voided")) return null;
            var bill = json.RootElement.GetProperty("data").GetProperty("object");
            if (bill.TextOf("id") is not { Length: > 0 and <= LongestId } id) return null;
            var isPaid = type != "invoice.voided";
            if (isPaid && bill.TextOf("status") is { } status && status != "paid") return null;
            var named = bill.TryGetProperty("metadata", out var metadata) ? metadata.TextOf(InvoiceKey) : null;
            return new BillNews(id, Guid.TryParse(named, CultureInfo.InvariantCulture, out var invoice) ? invoice : null, isPaid);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The end of a bill.</summary>
/// <param name="BillId">What the provider calls it.</param>
/// <param name="InvoiceId">The practice's invoice that it names; null for none.</param>
/// <param name="IsPaid">Whether it was paid; else it was taken back.</param>
public sealed record BillNews(string BillId, Guid? InvoiceId, bool IsPaid);
