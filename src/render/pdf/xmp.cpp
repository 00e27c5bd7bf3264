#include "render/pdf/xmp.h"

#include "archive/xml_text.h"

namespace huice::render::pdf {

std::string xmp_packet(const PdfOptions& options) {
  const std::string date = options.created.to_iso() + "T00:00:00+08:00";
  std::string xmp =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
      " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
      "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>\n"
      "<dc:format>application/pdf</dc:format>\n";
  if (!options.title.empty()) {
    xmp += "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + archive::xml_text(options.title) +
           "</rdf:li></rdf:Alt></dc:title>\n";
  }
  if (!options.author.empty()) {
    xmp += "<dc:creator><rdf:Seq><rdf:li>" + archive::xml_text(options.author) +
           "</rdf:li></rdf:Seq></dc:creator>\n";
  }
  xmp += "<xmp:CreateDate>" + date + "</xmp:CreateDate>\n<xmp:ModifyDate>" + date +
         "</xmp:ModifyDate>\n<xmp:CreatorTool>" + kProducer + "</xmp:CreatorTool>\n<pdf:Producer>" +
         kProducer + "</pdf:Producer>\n";
  return xmp + "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

}  // namespace huice::render::pdf
