using System.Text.Json;
using System.Text.Json.Serialization;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Invoices;

namespace WorkflowStudio.Engine.Practice.Demo;

/// <summary>
/// What the demo workspace holds, every time relative to the day on which it is made. Read from the JSON inside the assembly.
/// </summary>
internal sealed record DemoPlan(
    string Slug, string Name, string TimeZone, string Address, string Phone, string Sender, int FirstInvoice,
    IReadOnlyList<DemoHours> Hours,
    IReadOnlyList<DemoType> Types, IReadOnlyList<DemoContact> Contacts, IReadOnlyList<DemoAppointment> Appointments,
    IReadOnlyList<DemoInvoice> Invoices)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Reads the plan.</summary>
    public static DemoPlan Read()
    {
        using var stream = typeof(DemoPlan).Assembly.GetManifestResourceStream("WorkflowStudio.Engine.Practice.Demo.demo.json")
            ?? throw new InvalidOperationException("Reading the demo plan: it is not inside the assembly.");
        return JsonSerializer.Deserialize<DemoPlan>(stream, Options)!;
    }

    /// <summary>The smaller plan of the sandbox.</summary>
    public DemoPlan Small() => this with
    {
        Contacts = [.. Contacts.Take(5)],
        Appointments = [.. Appointments.Where(a => a.Contact < 5)],
        Invoices = [.. Invoices.Where(i => i.Contact < 5)],
        FirstInvoice = 1001,
    };
}

internal sealed record DemoHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

internal sealed record DemoType(string Alias, string Name, int Minutes, long PriceCents, string With);

internal sealed record DemoContact(string FirstName, string LastName, string? Email, string? Phone);

/// <param name="Contact">The place in the list of contacts, from 0.</param>
/// <param name="Type">The alias of its type.</param>
/// <param name="Week">0 is this week, 1 the next, -1 the last.</param>
/// <param name="Day">The weekday.</param>
/// <param name="Time">On the practice's clock.</param>
/// <param name="Canceled">Whether it was called off.</param>
internal sealed record DemoAppointment(int Contact, string Type, int Week, DayOfWeek Day, TimeOnly Time, bool Canceled = false);

/// <param name="Contact">The place in the list of contacts, from 0.</param>
/// <param name="Type">The alias of the appointment type that is charged.</param>
/// <param name="DaysAgo">When it was issued.</param>
/// <param name="DueInDays">Counted from there.</param>
/// <param name="Status">Its state.</param>
/// <param name="PaidWith">How it was paid, when it was.</param>
/// <param name="Fee">Whether it has the line of a new patient.</param>
internal sealed record DemoInvoice(
    int Contact, string Type, int DaysAgo, int DueInDays, [property: JsonConverter(typeof(DemoEnum<InvoiceStatus>))] InvoiceStatus Status,
    string? PaidWith = null, bool Fee = false);

/// <summary>Enums in lower case.</summary>
internal sealed class DemoEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
